import { newKey } from '@carillon/client';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { client } from '../../connection.ts';
import { number } from '../../i18n.ts';
import { hasRole, needsSignIn, who } from '../../session.ts';
import { Failure, Loading } from '../../shell/states.tsx';
import { complain } from '../../toasts.ts';
import { DelayChart } from './chart.tsx';
import { feed, type FeedShape } from './feed.ts';
import { LaneCard } from './lane-card.tsx';
import { t } from './messages.ts';
import { total } from './meter.ts';
import { LANES, Race, type LaneName } from './race.ts';
import { bytes, millis } from '../../units.ts';

const SYMBOLS_SHOWN = 30;
const INTERVALS = [500, 1000, 2000, 5000];
const CUTS = [1000, 3000, 10_000, 30_000];
const RATES = [1, 5, 20, 50];
const SIZES = [50, 500, 5000];
const OWN = 'own';

/** The same feed over all transports, and how they do. */
export function RacePage(): JSX.Element {
  const service = client.value;
  const race = useMemo(() => new Race(service), [service]);
  const error = useSignal<unknown>(undefined);
  const attempt = useSignal(0);
  const symbols = useSignal<readonly string[]>([]);
  const source = useSignal('AAPL');
  const shape = useSignal<FeedShape>({ rate: 5, size: 50 });
  const interval = useSignal(2000);
  const cutFor = useSignal(3000);
  const own = useMemo(() => `/topic/lab.${newKey()}`, [service]);
  const isOwn = source.value === OWN;
  const figures = race.figures.value;
  const isRunning = LANES.some((name) => figures !== undefined && figures[name].state !== 'stopped');
  const destination = isOwn ? own : `/topic/stocks.${source.value}`;

  useEffect(() => {
    race.open();
    return () => race.close();
  }, [race]);
  useEffect(() => {
    error.value = undefined;
    race.prepare().catch((problem: unknown) => (error.value = problem));
  }, [race, attempt.value]);
  useEffect(() => {
    service.http<readonly { readonly symbol: string }[]>({ method: 'GET', path: '/api/stocks' }).then(
      (quotes) => {
        symbols.value = quotes.slice(0, SYMBOLS_SHOWN).map(({ symbol }) => symbol);
        if (!symbols.value.includes(source.value) && source.value !== OWN) {
          source.value = symbols.value[0] ?? OWN;
        }
      },
      () => undefined,
    );
  }, [service]);
  useEffect(() => {
    if (!isOwn || !isRunning || who.value.guest) {
      return undefined;
    }
    return feed(service, own, () => shape.peek(), complain);
  }, [service, own, isOwn, isRunning, who.value.guest]);

  if (error.value !== undefined) {
    return <Failure title={t('failed')} error={error.value} retry={() => attempt.value++} />;
  }
  if (figures === undefined || race.heads.value === undefined) {
    return <Loading />;
  }
  const start = (name: LaneName): void => race.start(name, destination, () => interval.peek());
  const choose = (chosen: string): void => {
    if (chosen === OWN && needsSignIn()) {
      return;
    }
    LANES.forEach((name) => race.stop(name));
    race.clearHistory();
    source.value = chosen;
  };
  const end = (session: string): void => {
    const path = `/actuator/sessions/${encodeURIComponent(session)}`;
    service.http({ method: 'DELETE', path }).catch(complain);
  };
  const most = Math.max(...LANES.map((name) => perMessage(figures[name].cost, figures[name].received) ?? 0));
  const offset = race.offset.value;
  return (
    <>
      <p class="hint">{t('lead')}</p>
      <div class="card lab-tools">
        <label class="field">
          <span>{t('feed')}</span>
          <select
            name="feed"
            value={source.value}
            onChange={({ currentTarget }) => {
              choose(currentTarget.value);
              currentTarget.value = source.value;
            }}
          >
            {symbols.value.map((symbol) => (
              <option key={symbol} value={symbol}>
                {symbol}
              </option>
            ))}
            <option value={OWN}>{t('feed.own')}</option>
          </select>
        </label>
        {isOwn && (
          <>
            <Choice
              label={t('feed.rate')}
              value={shape.value.rate}
              choices={RATES}
              text={(rate) => number(rate)}
              onChange={(rate) => (shape.value = { ...shape.value, rate })}
            />
            <Choice
              label={t('feed.size')}
              value={shape.value.size}
              choices={SIZES}
              text={(size) => number(size)}
              onChange={(size) => (shape.value = { ...shape.value, size })}
            />
          </>
        )}
        <Choice
          label={t('interval')}
          value={interval.value}
          choices={INTERVALS}
          text={millis}
          onChange={(value) => (interval.value = value)}
        />
        <Choice
          label={t('cut.for')}
          value={cutFor.value}
          choices={CUTS}
          text={millis}
          onChange={(value) => (cutFor.value = value)}
        />
        <div class="actions">
          <button type="button" class="primary" onClick={() => LANES.forEach(start)}>
            {t('start.all')}
          </button>
          <button type="button" disabled={!isRunning} onClick={() => LANES.forEach((name) => race.stop(name))}>
            {t('stop.all')}
          </button>
          <button
            type="button"
            class="danger"
            disabled={!isRunning}
            onClick={() => LANES.forEach((name) => race.cut(name, cutFor.value))}
          >
            {t('cut.all')}
          </button>
        </div>
      </div>
      <section class="card" aria-labelledby="lab-chart-title">
        <div class="page-head">
          <h2 id="lab-chart-title">{t('chart')}</h2>
          {offset !== undefined && (
            <p class="hint">{t('offset', { offset: millis(offset.millis), error: millis(offset.error) })}</p>
          )}
        </div>
        {race.history.value[0].length === 0 ? (
          <p class="state lab-chart-empty">{t('chart.empty')}</p>
        ) : (
          <DelayChart history={race.history.value} />
        )}
      </section>
      <p class="hint lane-legend">
        {t('bar.title')}
        {(['useful', 'envelope', 'headers'] as const).map((part) => (
          <span key={part} data-part={part}>
            {t(`part.${part}`)}
          </span>
        ))}
      </p>
      <div class="lanes">
        {LANES.map((name) => (
          <LaneCard
            key={name}
            name={name}
            figures={figures[name]}
            most={most}
            onStart={() => start(name)}
            onStop={() => race.stop(name)}
            onCut={() => race.cut(name, cutFor.value)}
            onEnd={hasRole('OPERATOR') ? end : undefined}
          />
        ))}
      </div>
      <details class="card how">
        <summary>{t('how')}</summary>
        <ul>
          <li>{t('how.delay')}</li>
          <li>{t('how.payload')}</li>
          <li>
            {t('how.request', {
              request: race.heads.value.request.size,
              handshake:
                race.heads.value.handshake === undefined ? t('unknown') : bytes(race.heads.value.handshake.size),
            })}
          </li>
          <li>{t('how.response')}</li>
          <li>{t('how.frames')}</li>
          <li>{t('how.not')}</li>
          <li>{t('how.cut')}</li>
        </ul>
      </details>
    </>
  );
}

/** What a message has cost on average, in bytes. */
function perMessage(cost: Parameters<typeof total>[0], received: number): number | undefined {
  return received === 0 ? undefined : total(cost) / received;
}

function Choice(props: {
  readonly label: string;
  readonly value: number;
  readonly choices: readonly number[];
  readonly text: (value: number) => string;
  readonly onChange: (value: number) => void;
}): JSX.Element {
  return (
    <label class="field lab-narrow">
      <span>{props.label}</span>
      <select value={props.value} onChange={({ currentTarget }) => props.onChange(Number(currentTarget.value))}>
        {props.choices.map((choice) => (
          <option key={choice} value={choice}>
            {props.text(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}
