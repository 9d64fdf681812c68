import { CLOSE_CODES, type CloseCode } from '@carillon/client';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { connection } from '../../connection.ts';
import { number, timeOfDay } from '../../i18n.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { complain, notify } from '../../toasts.ts';
import { bytes, millis } from '../../units.ts';
import type { Endpoints, SessionDetails, SessionPage, SessionSummary } from './api.ts';
import { Listing, type Place } from './listing.tsx';
import { t } from './messages.ts';
import type { PartProps } from './page.tsx';
import { usePolled } from './polled.ts';
import { bySlowness, durationMillis, isSlow } from './slow.ts';
import { Stale, Waiting } from './trouble.tsx';

/** The code for what operators do without a better reason. */
const OPERATOR = 4007;

/** Who is connected, who is slow, and the end of those who should go. */
export function Sessions({ endpoints }: PartProps): JSX.Element {
  const place = useSignal<Place<number>>({ text: '', after: undefined });
  const ending = useSignal<SessionSummary | undefined>(undefined);
  const shown = useSignal<string | undefined>(undefined);
  const { text, after } = place.value;
  const polled = usePolled(() => endpoints.sessions(text.trim(), after), [endpoints, text, after]);
  const own = connection.value.session?.session;
  return (
    <Listing
      title={t('tab.sessions')}
      name="user"
      label={t('sessions.user')}
      place={place}
      polled={polled}
      count={(count) => t('sessions.total', { count })}
      none={t('sessions.none')}
      head={
        <>
          {(['user', 'session', 'transport', 'address', 'since'] as const).map((name) => (
            <th key={name} scope="col">
              {t(name)}
            </th>
          ))}
          {(['subscriptions', 'lag', 'sent', 'writing'] as const).map((name) => (
            <th key={name} scope="col" class="number">
              {t(name)}
            </th>
          ))}
          <td />
        </>
      }
      items={(page: SessionPage) => bySlowness(page.sessions)}
      row={(session) => (
        <Row
          key={session.id}
          session={session}
          isOwn={session.id === own}
          onShow={() => (shown.value = session.id)}
          onEnd={() => (ending.value = session)}
        />
      )}
    >
      {ending.value !== undefined && (
        <Ending
          session={ending.value}
          endpoints={endpoints}
          onDone={() => {
            ending.value = undefined;
            polled.refresh();
          }}
        />
      )}
      {shown.value !== undefined && (
        <Details id={shown.value} endpoints={endpoints} onClose={() => (shown.value = undefined)} />
      )}
    </Listing>
  );
}

function Row(props: {
  readonly session: SessionSummary;
  readonly isOwn: boolean;
  readonly onShow: () => void;
  readonly onEnd: () => void;
}): JSX.Element {
  const { id, user, transport, address, since, subscriptions, lag, bytes: sent, writing } = props.session;
  const isSlowOne = isSlow(props.session);
  return (
    <tr data-session={id} data-slow={isSlowOne ? 'true' : undefined}>
      <th scope="row">
        {user ?? t('user.none')} {props.isOwn && <span class="tag">{t('mine')}</span>}
        {isSlowOne && <span class="tag tag-bad">{t('slow')}</span>}
      </th>
      <td>
        <button type="button" class="quiet small code" aria-label={t('details', { id })} onClick={props.onShow}>
          {id.slice(0, 8)}
        </button>
      </td>
      <td>{transport}</td>
      <td>{address ?? '–'}</td>
      <td>
        <time dateTime={since}>{timeOfDay(Date.parse(since), true)}</time>
      </td>
      <td class="number">{number(subscriptions)}</td>
      <td class="number">{number(lag)}</td>
      <td class="number">{bytes(sent)}</td>
      <td class="number">{writing === undefined ? '–' : millis(durationMillis(writing))}</td>
      <td>
        <button
          type="button"
          class="small danger"
          aria-label={t('disconnect.of', { user: user ?? t('user.none'), id: id.slice(0, 8) })}
          onClick={props.onEnd}
        >
          {t('disconnect')}
        </button>
      </td>
    </tr>
  );
}

function Ending(props: {
  readonly session: SessionSummary;
  readonly endpoints: Endpoints;
  readonly onDone: () => void;
}): JSX.Element {
  const { session, endpoints, onDone } = props;
  const code = useSignal(OPERATOR);
  const isBusy = useSignal(false);
  const end = async (): Promise<void> => {
    isBusy.value = true;
    try {
      await endpoints.disconnect(session.id, code.value);
      notify('good', t('disconnect.done'));
    } catch (error) {
      complain(error);
    } finally {
      onDone();
    }
  };
  return (
    <Dialog title={t('disconnect.title')} onClose={onDone}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void end();
        }}
      >
        <p>{t('disconnect.text', { user: session.user ?? t('user.none') })}</p>
        <label class="field">
          <span>{t('disconnect.code')}</span>
          <select
            name="code"
            value={code.value}
            onChange={({ currentTarget }) => (code.value = Number(currentTarget.value))}
          >
            {CLOSE_CODES.map((one) => (
              <option key={one.code} value={one.code}>
                {codeText(one)}
              </option>
            ))}
          </select>
        </label>
        <div class="actions">
          <button type="submit" class="danger" disabled={isBusy.value}>
            {t('disconnect')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function codeText({ code, reason, reconnect }: CloseCode): string {
  return `${code} ${reason} – ${t(`reconnect.${reconnect}`)}`;
}

function Details(props: {
  readonly id: string;
  readonly endpoints: Endpoints;
  readonly onClose: () => void;
}): JSX.Element {
  const { id, endpoints, onClose } = props;
  const polled = usePolled<SessionDetails>(() => endpoints.session(id), [id]);
  const details = polled.value.value;
  return (
    <Dialog title={t('details', { id: id.slice(0, 8) })} onClose={onClose}>
      <Stale polled={polled} />
      {details === undefined ? (
        polled.error.value === undefined && <Waiting polled={polled} />
      ) : (
        <ul class="followed">
          {details.subscriptions.length === 0 && <li class="hint">{t('details.none')}</li>}
          {details.subscriptions.map(({ id: name, target, topics, lag }) => (
            <li key={name}>
              <code>{target}</code>
              <span class="hint">
                {t('details.topics', { count: topics })}, {t('details.behind', { count: lag })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
