import { closeCode } from '@carillon/client';
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { bytes, millis } from '../../units.ts';
import { number } from '../../i18n.ts';
import type { Health } from './api.ts';
import { t } from './messages.ts';
import type { PartProps } from './page.tsx';
import { usePolled } from './polled.ts';
import { histogramQuantile, rate, type Scrape } from './prometheus.ts';
import { RateChart, type Rates } from './rate-chart.tsx';
import { Stale, Waiting } from './trouble.tsx';

/** How many readings the chart shows: five minutes. */
const MOST = 150;

/** Over how many readings rates are taken. */
const WINDOW = 6;

interface Reading {
  readonly scrape: Scrape;
  readonly health: Health;
}

/** How the service does as a whole. */
export function Overview({ endpoints }: PartProps): JSX.Element {
  const history = useSignal<readonly Scrape[]>([]);
  const polled = usePolled<Reading>(async () => {
    const [scrape, health] = await Promise.all([endpoints.meters(), endpoints.health()]);
    return { scrape, health };
  }, [endpoints]);
  const reading = polled.value.value;
  useEffect(() => {
    if (reading !== undefined) {
      history.value = [...history.value, reading.scrape].slice(-MOST);
    }
  }, [reading]);
  if (reading === undefined) {
    return <Waiting polled={polled} />;
  }
  const { scrape, health } = reading;
  const before = history.value.at(-WINDOW) ?? history.value[0] ?? scrape;
  const grow = (name: string, labels?: Readonly<Record<string, string>>): number => rate(before, scrape, name, labels);
  return (
    <>
      <Stale polled={polled} />
      <HealthLine health={health} />
      <dl class="figures">
        <Figure name="sessions" value={number(scrape.sum('carillon_sessions'))} />
        <Figure name="subscriptions" value={number(scrape.sum('carillon_subscriptions'))} />
        <Figure name="in" value={perSecond(grow('carillon_messages_in_total'))} />
        <Figure name="out" value={perSecond(grow('carillon_messages_out_total'))} />
        <Figure name="missed" value={perSecond(grow('carillon_messages_missed_total'))} />
        <Figure name="bytes" value={bytes(grow('carillon_sent_bytes_total'))} />
        <Figure name="refused" value={perSecond(grow('carillon_refusals_total'))} />
        <Figure name="latency" value={latency(before, scrape)} />
        <Figure name="busy" value={busiest(before, scrape)} />
        <Figure name="lag" value={millis(highest(scrape, 'carillon_loop_lag_max_seconds') * 1000)} />
      </dl>
      <section class="card" aria-labelledby="rates-title">
        <h2 id="rates-title">{t('chart')}</h2>
        <RateChart rates={ratesOf(history.value)} />
      </section>
      <div class="cards">
        <Families scrape={scrape} grow={grow} />
        <Transports scrape={scrape} />
        <Refused scrape={scrape} />
        <Closes scrape={scrape} />
      </div>
    </>
  );
}

function HealthLine({ health }: { readonly health: Health }): JSX.Element {
  const parts = Object.entries(health.components ?? {}).filter(([, { status }]) => status !== 'UNKNOWN');
  return (
    <p class="health" role="status">
      <span class="dot" data-tone={tone(health.status)} />
      <b>{t('health.is', { status: health.status })}</b>
      {parts.map(([name, { status }]) => (
        <span key={name} class="tag" data-tone={tone(status)}>
          {t('health.part', { name, status })}
        </span>
      ))}
    </p>
  );
}

function tone(status: string): 'good' | 'busy' | 'bad' {
  return status === 'UP' ? 'good' : status === 'STALE' || status === 'LATE' ? 'busy' : 'bad';
}

type FigureName =
  'sessions' | 'subscriptions' | 'in' | 'out' | 'missed' | 'bytes' | 'refused' | 'latency' | 'busy' | 'lag';

function Figure({ name, value }: { readonly name: FigureName; readonly value: string }): JSX.Element {
  return (
    <div>
      <dt>{t(`figure.${name}`)}</dt>
      <dd data-figure={name}>{value}</dd>
    </div>
  );
}

function perSecond(value: number): string {
  return number(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function latency(before: Scrape, after: Scrape): string {
  const seconds = histogramQuantile(before, after, 'carillon_delivery_latency_seconds', 0.99);
  return seconds === undefined ? '–' : millis(seconds * 1000);
}

/** How much of its time the busiest loop works. */
function busiest(before: Scrape, after: Scrape): string {
  const loops = after.values('carillon_loop_turn_seconds_sum', 'loop');
  const shares = loops.map((loop) => rate(before, after, 'carillon_loop_turn_seconds_sum', { loop }));
  return number(Math.max(0, ...shares), { style: 'percent', maximumFractionDigits: 1 });
}

function highest(scrape: Scrape, name: string): number {
  return Math.max(0, ...scrape.of(name).map(({ value }) => value));
}

function ratesOf(history: readonly Scrape[]): Rates {
  const [times, into, out]: [number[], number[], number[]] = [[], [], []];
  history.forEach((scrape, i) => {
    const before = history[i - 1];
    if (before !== undefined) {
      times.push(scrape.at / 1000);
      into.push(rate(before, scrape, 'carillon_messages_in_total'));
      out.push(rate(before, scrape, 'carillon_messages_out_total'));
    }
  });
  return [times, into, out];
}

function Table({ children, title }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      <div class="scroll">{children}</div>
    </section>
  );
}

function Families(props: {
  readonly scrape: Scrape;
  readonly grow: (name: string, labels: Readonly<Record<string, string>>) => number;
}): JSX.Element {
  const { scrape, grow } = props;
  const families = scrape
    .values('carillon_topics', 'family')
    .filter((family) => scrape.sum('carillon_topics', { family }) > 0);
  return (
    <Table title={t('families')}>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{t('family')}</th>
            <th scope="col" class="number">
              {t('topics')}
            </th>
            <th scope="col" class="number">
              {t('subscriptions')}
            </th>
            <th scope="col" class="number">
              {t('memory')}
            </th>
            <th scope="col" class="number">
              {t('figure.in')}
            </th>
            <th scope="col" class="number">
              {t('figure.out')}
            </th>
          </tr>
        </thead>
        <tbody>
          {families.map((family) => (
            <tr key={family}>
              <th scope="row">{family}</th>
              <td class="number">{number(scrape.sum('carillon_topics', { family }))}</td>
              <td class="number">{number(scrape.sum('carillon_subscriptions', { family }))}</td>
              <td class="number">{bytes(scrape.sum('carillon_log_memory_bytes', { family }))}</td>
              <td class="number">{perSecond(grow('carillon_messages_in_total', { family }))}</td>
              <td class="number">{perSecond(grow('carillon_messages_out_total', { family }))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Table>
  );
}

/** Names and how much of each there is. */
function Counts(props: {
  readonly title: string;
  readonly none?: string;
  readonly rows: readonly { readonly key: string; readonly name: ComponentChildren; readonly value: string }[];
}): JSX.Element {
  return (
    <Table title={props.title}>
      {props.rows.length === 0 && props.none !== undefined && <p class="hint">{props.none}</p>}
      <table class="rows">
        <tbody>
          {props.rows.map(({ key, name, value }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td class="number">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Table>
  );
}

function Transports({ scrape }: { readonly scrape: Scrape }): JSX.Element {
  const rows = scrape.values('carillon_sessions', 'transport').map((transport) => ({
    key: transport,
    name: transport,
    value: number(scrape.sum('carillon_sessions', { transport })),
  }));
  return <Counts title={t('transports')} rows={rows} />;
}

function Refused({ scrape }: { readonly scrape: Scrape }): JSX.Element {
  const rows = happened(scrape, 'carillon_refusals_total').map(({ labels: { adapter, code }, value }) => ({
    key: `${adapter} ${code}`,
    name: (
      <>
        {code} <span class="tag">{adapter}</span>
      </>
    ),
    value: t('times', { count: value }),
  }));
  return <Counts title={t('refusals')} none={t('refusals.none')} rows={rows} />;
}

function Closes({ scrape }: { readonly scrape: Scrape }): JSX.Element {
  const rows = happened(scrape, 'carillon_closes_total').map(({ labels: { code = '' }, value }) => ({
    key: code,
    name: `${code} ${closeCode(Number(code)).reason}`,
    value: t('times', { count: value }),
  }));
  return <Counts title={t('closes')} none={t('closes.none')} rows={rows} />;
}

function happened(scrape: Scrape, name: string): ReturnType<Scrape['of']> {
  return scrape.of(name).filter(({ value }) => value > 0);
}
