import type { JSX } from 'preact';
import { number } from '../../i18n.ts';
import { t } from './messages.ts';
import { total } from './meter.ts';
import type { LaneFigures, LaneName } from './race.ts';
import { bytes, millis } from '../../units.ts';

const TONES = { stopped: undefined, connecting: 'busy', running: 'good', away: 'bad' } as const;

/** How one transport does. @param props.most what a message costs where it costs most, in bytes */
export function LaneCard(props: {
  readonly name: LaneName;
  readonly figures: LaneFigures;
  readonly most: number;
  readonly onStart: () => void;
  readonly onStop: () => void;
  readonly onCut: () => void;
  readonly onEnd: ((session: string) => void) | undefined;
}): JSX.Element {
  const { name, figures, most, onEnd } = props;
  const { state, cost, received, session } = figures;
  const title = t(`lane.${name}`);
  const isStopped = state === 'stopped';
  return (
    <section class="card lane" data-lane={name} data-state={state} aria-label={title}>
      <header>
        <h2>
          <span class={`lane-colour lane-${name}`} aria-hidden="true" />
          {title}
        </h2>
        <p class="hint">{t(`about.${name}`)}</p>
        <p class="lane-state">
          <span class="dot" data-tone={TONES[state]} />
          {stateText(figures)}
        </p>
        {figures.trouble !== undefined && <p class="notice bad">{figures.trouble}</p>}
      </header>
      <p class="lane-delay">
        <b data-figure="delay">{figures.median === undefined ? '–' : millis(figures.median)}</b>
        <span class="hint">
          {t('delay')}
          <br />
          {figures.late === undefined ? t('delay.none') : t('delay.late', { late: millis(figures.late) })}
        </span>
      </p>
      <dl class="lane-facts">
        <Fact name="messages" value={number(received)} />
        <Fact name="rate" value={number(figures.rate, { maximumFractionDigits: 1 })} />
        <Fact name="requests" value={number(cost.requests)} />
        <Fact
          name="headers"
          value={bytes(cost.headersOut + cost.headersIn)}
          title={outIn(cost.headersOut, cost.headersIn)}
        />
        <Fact
          name="payload"
          value={bytes(cost.payloadOut + cost.payloadIn)}
          title={outIn(cost.payloadOut, cost.payloadIn)}
        />
      </dl>
      <Bar figures={figures} most={most} />
      <Recovered figures={figures} />
      <p class="hint lane-counted">
        {name === 'websocket'
          ? t('counted.websocket')
          : t('counted', {
              answers: figures.counted.answers,
              encoded: bytes(figures.counted.encoded),
              transferred: bytes(figures.counted.transferred),
            })}
      </p>
      <div class="actions">
        {isStopped ? (
          <button type="button" class="small" aria-label={t('start.of', { name: title })} onClick={props.onStart}>
            {t('start')}
          </button>
        ) : (
          <>
            <button type="button" class="small" aria-label={t('stop.of', { name: title })} onClick={props.onStop}>
              {t('stop')}
            </button>
            <button type="button" class="small danger" aria-label={t('cut.of', { name: title })} onClick={props.onCut}>
              {t('cut')}
            </button>
            {onEnd !== undefined && session !== undefined && session !== '' && (
              <button type="button" class="small danger" onClick={() => onEnd(session)}>
                {t('end')}
              </button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

function stateText({ state, backAt }: LaneFigures): string {
  if (state === 'away' && backAt !== undefined) {
    return t('state.back', { seconds: Math.max(0, Math.ceil((backAt - Date.now()) / 1000)) });
  }
  return t(`state.${state}`);
}

function outIn(out: number, into: number): string {
  return t('out-in', { out: bytes(out), in: bytes(into) });
}

function Fact(props: {
  readonly name: 'messages' | 'rate' | 'requests' | 'headers' | 'payload';
  readonly value: string;
  readonly title?: string;
}): JSX.Element {
  return (
    <div>
      <dt>{t(props.name)}</dt>
      <dd data-figure={props.name} title={props.title}>
        {props.value}
      </dd>
    </div>
  );
}

/** What a message costs, as long as that is, beside the dearest transport. */
function Bar({
  figures: { cost, received },
  most,
}: {
  readonly figures: LaneFigures;
  readonly most: number;
}): JSX.Element {
  if (received === 0) {
    return <div class="lane-bar" aria-hidden="true" />;
  }
  const headers = (cost.headersOut + cost.headersIn) / received;
  const useful = cost.useful / received;
  const envelope = Math.max(0, (cost.payloadOut + cost.payloadIn) / received - useful);
  const parts = { useful, envelope, headers };
  const label = t('bar.label', { useful: bytes(useful), envelope: bytes(envelope), headers: bytes(headers) });
  return (
    <div>
      <p class="hint">{t('each', { bytes: bytes(total(cost) / received) })}</p>
      <div class="lane-bar" role="img" aria-label={label} title={label}>
        {(['useful', 'envelope', 'headers'] as const).map((part) => (
          <span
            key={part}
            data-part={part}
            title={`${t(`part.${part}`)}: ${bytes(parts[part])}`}
            style={{ width: `${(parts[part] / most) * 100}%` }}
          />
        ))}
      </div>
    </div>
  );
}

function Recovered({ figures: { recovery, doubled } }: { readonly figures: LaneFigures }): JSX.Element {
  if (recovery === undefined) {
    return <p class="hint lane-recovery">{t('recovery.none')}</p>;
  }
  const { from, away, recovered, replayed, missed } = recovery;
  if (away === undefined) {
    return (
      <p class="lane-recovery" data-recovery="away">
        {t('recovery.away', { from })}
      </p>
    );
  }
  return (
    <p class="lane-recovery" data-recovery={recovered === false ? 'lost' : 'back'}>
      {t('recovery.back', { away: millis(away), from })}
      {recovered !== undefined && (
        <span class={recovered ? 'tag lane-good' : 'tag lane-bad'}>
          {t(recovered ? 'recovery.recovered' : 'recovery.lost')}
        </span>
      )}
      <br />
      {t('recovery.numbers', { replayed, missed, doubled })}
    </p>
  );
}
