import { scores, type Sport } from '@carillon/client';
import { signal, useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { compareClocks, estimateOffset } from '../../clocks.ts';
import { client, connection } from '../../connection.ts';
import type { PageProps } from '../../pages.ts';
import { href, navigate } from '../../router.ts';
import { hasRole } from '../../session.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { Icon } from '../../shell/icons.tsx';
import { Empty, Failure, Loading } from '../../shell/states.tsx';
import { groupOf, grouped, withList, withMessage, type Board, type Fixtured, type Group } from './board.ts';
import { Clock } from './clock.tsx';
import { Opening } from './desk-view.tsx';
import { Details } from './details.tsx';
import { t } from './messages.ts';
import { statusText } from './words.ts';
import './scores.css';

const SPORTS: readonly Sport[] = ['soccer', 'basketball', 'tennis'];
const GROUPS: readonly Group[] = ['live', 'scheduled', 'over'];

/** How far the clock of the service is ahead of ours, in milliseconds. */
const offset = signal(0);

/** Matches of all sports: a list, and one of them with its timeline. */
export function Page({ segments }: PageProps): JSX.Element {
  const board = useSignal<Board>(new Map());
  const isRead = useSignal(false);
  const error = useSignal<unknown>(undefined);
  const attempt = useSignal(0);
  const sport = useSignal<Sport | undefined>(undefined);
  const isOpening = useSignal(false);
  const groups = useComputed(() => grouped(board.value, sport.value));
  const chosen = segments[0];
  const service = client.value;

  useEffect(() => {
    const end = new AbortController();
    const { signal: ended } = end;
    const unlessEnded = (action: () => void): void => {
      if (!ended.aborted) {
        action();
      }
    };
    board.value = new Map();
    isRead.value = false;
    error.value = undefined;
    scores(service)
      .list()
      .then(
        (list) =>
          unlessEnded(() => {
            board.value = withList(board.value, list);
            isRead.value = true;
          }),
        (problem: unknown) => unlessEnded(() => (error.value = problem)),
      );
    for (const one of SPORTS) {
      scores(service)
        .follow(one, (message) => (board.value = withMessage(board.value, message)), { signal: ended })
        .catch((problem: unknown) => unlessEnded(() => (error.value = problem)));
    }
    compareClocks(service).then(
      (trips) => (offset.value = estimateOffset(trips)?.millis ?? 0),
      () => undefined,
    );
    return () => end.abort();
  }, [service, attempt.value]);

  const isEmpty = board.value.size === 0;
  if (error.value !== undefined && isEmpty) {
    return <Failure title={t('failed')} error={error.value} retry={() => attempt.value++} />;
  }
  if (!isRead.value && isEmpty) {
    return <Loading />;
  }
  return (
    <div class="scores" data-chosen={chosen === undefined ? undefined : 'true'}>
      <section class="scores-list" aria-label={t('matches')}>
        <header class="scores-tools">
          <h1 class="unseen">{t('title')}</h1>
          <select
            aria-label={t('sports')}
            value={sport.value ?? ''}
            onChange={({ currentTarget: { value } }) => (sport.value = value === '' ? undefined : (value as Sport))}
          >
            <option value="">{t('sport.all')}</option>
            {SPORTS.map((one) => (
              <option key={one} value={one}>
                {t(`sport.${one}`)}
              </option>
            ))}
          </select>
          {hasRole('SCORER') && (
            <button type="button" class="square" aria-label={t('create')} onClick={() => (isOpening.value = true)}>
              <Icon name="plus" />
            </button>
          )}
        </header>
        {isEmpty && (
          <Empty icon="scores" title={t('none.title')}>
            <p>{t('none.text')}</p>
          </Empty>
        )}
        {!isEmpty && GROUPS.every((group) => groups.value[group].length === 0) && <p class="hint">{t('none.sport')}</p>}
        {GROUPS.map(
          (group) =>
            groups.value[group].length > 0 && (
              <section key={group} aria-label={t(`group.${group}`)}>
                <h2 class="scores-group">{t(`group.${group}`)}</h2>
                <ul>
                  {groups.value[group].map((match) => (
                    <li key={match.match}>
                      <Card match={match} isChosen={match.match === chosen} />
                    </li>
                  ))}
                </ul>
              </section>
            ),
        )}
      </section>
      <section class="scores-detail" aria-live="off">
        {chosen === undefined ? (
          <Empty icon="scores" title={t('choose.title')}>
            <p>{t('choose.text')}</p>
          </Empty>
        ) : (
          <Details key={`${chosen} ${attempt.value}`} match={chosen} offset={offset.value} />
        )}
      </section>
      {isOpening.value && (
        <Dialog title={t('create')} onClose={() => (isOpening.value = false)}>
          <Opening
            onOpened={(match) => {
              isOpening.value = false;
              navigate('scores', match);
            }}
          />
        </Dialog>
      )}
    </div>
  );
}

function Card({ match, isChosen }: { readonly match: Fixtured; readonly isChosen: boolean }): JSX.Element {
  const { status, period, score, winner, state } = match;
  const group = groupOf(status);
  return (
    <a
      class="match-card"
      href={href('scores', match.match)}
      aria-current={isChosen ? 'true' : undefined}
      data-match={match.match}
      data-group={group}
    >
      <span class="match-about">
        <span>{t(`sport.${match.sport}`)}</span>
        <span class={group === 'live' ? 'match-live' : undefined}>
          {statusText(status, period)}
          {group === 'live' && state !== undefined && connection.value.state === 'connected' && (
            <>
              {' '}
              <Clock state={state} offset={offset.value} />
            </>
          )}
        </span>
      </span>
      {(['home', 'away'] as const).map((side) => (
        <span key={side} class="match-side" data-winner={winner === side ? 'true' : undefined}>
          <span class="match-name">{match[side]}</span>
          <Points key={score[side]} points={score[side]} isKnown={group !== 'scheduled'} side={side} />
        </span>
      ))}
    </a>
  );
}

/** Is made anew for each score, so that a change is seen. */
function Points(props: { readonly points: number; readonly isKnown: boolean; readonly side: string }): JSX.Element {
  return (
    <b class="match-points" data-side={props.side}>
      {props.isKnown ? props.points : '–'}
    </b>
  );
}
