import type { CarillonClient } from '@carillon/client';
import { signal } from '@preact/signals';
import { compareClocks, estimateOffset, now, type Offset } from '../../clocks.ts';
import type { SeenHead } from './heads.ts';
import { Lane, type Heads, type LaneView, type Surroundings, type Transport } from './lane.ts';
import { quantile } from './meter.ts';
import { Resources, type Counted } from './resources.ts';
import { eventStream, longPolling, polling, webSocket, xhrStreaming } from './transports.ts';

export const LANES = ['polling', 'long-polling', 'sse', 'xhr-streaming', 'websocket'] as const;
export type LaneName = (typeof LANES)[number];

const TRANSPORTS: Readonly<Record<LaneName, Transport>> = {
  polling: polling,
  'long-polling': longPolling,
  sse: eventStream,
  'xhr-streaming': xhrStreaming,
  websocket: webSocket,
};

/** A lane with its figures. */
export interface LaneFigures extends LaneView {
  /** Messages per second. */
  readonly rate: number;

  /** Median and 95th percentile of the delays, in milliseconds; `undefined` as long as there was no news. */
  readonly median: number | undefined;
  readonly late: number | undefined;

  /** What the browser has counted itself. */
  readonly counted: Counted;
}

export type Figures = Readonly<Record<LaneName, LaneFigures>>;

/** Times in seconds, and for each lane the mean delay since the time before; `null` where nothing came. */
export type History = readonly [number[], ...(number | null)[][]];

/** Before the service has told of heads there is nothing to compute from. */
const NOT_PREPARED: Heads = {
  request: { line: '', headers: [], others: 0, size: 0 },
  handshake: undefined,
  trips: [],
};

/** How often figures are drawn, in milliseconds. */
const BEAT = 500;

/** How much of the past the chart shows, in beats. */
const MOST_BEATS = 240;

/** How long to wait for the handshake to be told, in milliseconds. */
const PATIENCE = 4000;

/** The lanes of the lab, and all that they need to be measured. */
export class Race {
  readonly figures = signal<Figures | undefined>(undefined);
  readonly history = signal<History>([[], ...LANES.map(() => [])]);
  readonly offset = signal<Offset | undefined>(undefined);
  readonly heads = signal<Heads | undefined>(undefined);

  readonly #client: CarillonClient;
  readonly #resources = new Resources();
  readonly #lanes: Readonly<Record<LaneName, Lane>>;
  readonly #ends: (() => void)[] = [];

  constructor(client: CarillonClient) {
    this.#client = client;
    const surroundings: Surroundings = {
      origin: location.origin,
      fetch: (...request) => fetch(...request),
      webSocket: (url, protocol) => new WebSocket(url, protocol),
      now,
      offset: () => this.offset.peek()?.millis ?? 0,
      heads: () => this.heads.peek() ?? NOT_PREPARED,
    };
    const make = (name: LaneName): [LaneName, Lane] => [
      name,
      new Lane(TRANSPORTS[name], surroundings, (url) => this.#resources.ask(name, url)),
    ];
    this.#lanes = Object.fromEntries(LANES.map(make)) as Record<LaneName, Lane>;
  }

  /** Compares the clocks and learns how large heads are; then lanes can run. Rejects if the service does not answer. */
  async prepare(): Promise<void> {
    const trips = await compareClocks(this.#client);
    this.offset.value = estimateOffset(trips);
    const { request } = await this.#client.http<{ request: SeenHead }>({ method: 'GET', path: '/api/echo' });
    this.heads.value = { request, handshake: await askHandshake().catch(() => undefined), trips };
    this.#draw();
  }

  /** Begins to draw, until {@link close}. */
  open(): void {
    this.#ends.push(this.#resources.watch());
    const timer = setInterval(() => this.#beat(), BEAT);
    this.#ends.push(() => clearInterval(timer));
  }

  close(): void {
    LANES.forEach((name) => this.#lanes[name].stop());
    this.#ends.splice(0).forEach((end) => end());
  }

  start(name: LaneName, destination: string, interval: () => number): void {
    this.#resources.forget(name);
    this.#lanes[name].start(destination, interval);
    this.#draw();
  }

  stop(name: LaneName): void {
    this.#lanes[name].stop();
    this.#draw();
  }

  /** Drops a connection for so many milliseconds. */
  cut(name: LaneName, millis: number): void {
    this.#lanes[name].cut(millis);
    this.#draw();
  }

  clearHistory(): void {
    this.history.value = [[], ...LANES.map(() => [])];
  }

  #beat(): void {
    const [times, ...delays] = this.history.peek();
    const fresh = LANES.map((name) => this.#lanes[name].meter.takeFresh() ?? null);
    const isIdle = LANES.every((name) => this.#lanes[name].view.state === 'stopped');
    if (!isIdle) {
      const last = <T>(values: readonly T[], value: T): T[] => [...values, value].slice(-MOST_BEATS);
      this.history.value = [last(times, now() / 1000), ...delays.map((values, i) => last(values, fresh[i] ?? null))];
      this.#draw();
    }
  }

  #draw(): void {
    const at = now();
    const figures = LANES.map((name): [LaneName, LaneFigures] => {
      const { view, meter } = this.#lanes[name];
      const isRunning = view.state !== 'stopped';
      const [median, late] = [quantile(meter.delays, 0.5), quantile(meter.delays, 0.95)];
      return [name, { ...view, rate: isRunning ? meter.rate(at) : 0, median, late, counted: this.#resources.of(name) }];
    });
    this.figures.value = Object.fromEntries(figures) as Record<LaneName, LaneFigures>;
  }
}

/** The head of a WebSocket handshake of this page, which only the service can tell. */
export async function askHandshake(): Promise<SeenHead> {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/echo`);
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('There was no answer in time')), PATIENCE);
      socket.onopen = () => socket.send('handshake');
      socket.onmessage = ({ data }: MessageEvent<string>) => {
        // The greeting comes first.
        if (data.startsWith('{')) {
          clearTimeout(timer);
          resolve(JSON.parse(data) as SeenHead);
        }
      };
      socket.onerror = () => reject(new Error('WebSocket does not get through'));
    });
  } finally {
    socket.close();
  }
}
