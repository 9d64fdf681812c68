import type { RoundTrip } from '../../clocks.ts';
import type { SeenHead } from './heads.ts';
import { Meter, type Cost } from './meter.ts';
import { Track, type Arrival, type Recovery } from './track.ts';

/** How a lane is connected: not wanted, being made, working, or gone for a while. */
export type LaneState = 'stopped' | 'connecting' | 'running' | 'away';

/** What a transport needs from its surroundings. */
export interface Surroundings {
  /** The origin of the service, without a slash at the end. */
  readonly origin: string;
  readonly fetch: typeof fetch;
  readonly webSocket: (url: string, protocol: string) => WebSocket;

  /** In milliseconds since 1970. */
  readonly now: () => number;

  /** How far the clock of the service is ahead, in milliseconds. */
  readonly offset: () => number;

  /** Heads that the service has seen, for the size of what pages cannot see. */
  readonly heads: () => Heads;
}

export interface Heads {
  /** Of `GET /api/echo`. */
  readonly request: SeenHead;

  /** Of the handshake at `/echo`; `undefined` where WebSocket is blocked. */
  readonly handshake: SeenHead | undefined;

  /** The round trips that compared the clocks. */
  readonly trips: readonly RoundTrip[];
}

/** What a transport is to do. */
export interface Task {
  readonly destination: string;

  /** The position to continue after; `undefined` to begin. */
  readonly after: string | undefined;

  /** How long a poll waits before the next one, in milliseconds. */
  readonly interval: () => number;

  /** Ends it; nothing is told afterwards. */
  readonly signal: AbortSignal;
}

/** Whom a transport tells. */
export interface Listener {
  /** The service has said where the reader stands, if it says so, and after a return whether nothing is lost. */
  placed(position: string | undefined, recovered: boolean | undefined): void;
  arrived(message: Arrival): void;
  spent(cost: Partial<Cost>): void;

  /** A request goes out. */
  asked(url: string): void;

  /** The service has named the session. */
  named(session: string): void;
}

/** A way for messages to come. Resolves when it has ended by itself, rejects when it has failed. */
export type Transport = (task: Task, listener: Listener, surroundings: Surroundings) => Promise<void>;

/** A lane as it is drawn. */
export interface LaneView {
  readonly state: LaneState;
  readonly cost: Cost;
  readonly received: number;
  readonly missed: number;
  readonly doubled: number;
  readonly position: string | undefined;
  readonly recovery: Recovery | undefined;

  /** What the service calls the session, if the transport has one. */
  readonly session: string | undefined;

  /** Why it is away. */
  readonly trouble: string | undefined;

  /** When it comes back, in milliseconds since 1970; `undefined` if it does not wait. */
  readonly backAt: number | undefined;
}

/** How long a lane that failed waits, in milliseconds. */
const PAUSE = 2000;

/** One transport at work on the feed, which comes back after each end and goes on where it was. */
export class Lane {
  readonly #transport: Transport;
  readonly #surroundings: Surroundings;
  readonly #onRequest: (url: string) => void;
  #meter = new Meter();
  #track = new Track();
  #state: LaneState = 'stopped';
  #run: AbortController | undefined;
  #connection: AbortController | undefined;
  #holdUntil = 0;
  #backAt: number | undefined;
  #wake: () => void = () => {};
  #trouble: string | undefined;
  #session: string | undefined;

  /** @param onRequest told of each address that is asked for */
  constructor(transport: Transport, surroundings: Surroundings, onRequest: (url: string) => void = () => {}) {
    this.#onRequest = onRequest;
    this.#transport = transport;
    this.#surroundings = surroundings;
  }

  get meter(): Meter {
    return this.#meter;
  }

  get view(): LaneView {
    const { received, missed, doubled, position, recovery } = this.#track;
    const seen = { received, missed, doubled, position, recovery, session: this.#session };
    return { state: this.#state, cost: this.#meter.cost, ...seen, trouble: this.#trouble, backAt: this.#backAt };
  }

  /** Begins anew, unless it runs. */
  start(destination: string, interval: () => number): void {
    if (this.#run !== undefined) {
      return;
    }
    this.#meter = new Meter();
    this.#track = new Track();
    this.#trouble = undefined;
    this.#holdUntil = 0;
    const run = new AbortController();
    this.#run = run;
    void this.#work(run.signal, destination, interval);
  }

  /** Ends; what was counted stays to be seen. */
  stop(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#connection?.abort();
    this.#wake();
    this.#state = 'stopped';
    this.#backAt = undefined;
  }

  /** Drops the connection without a word, and stays away for so many milliseconds. */
  cut(millis: number): void {
    if (this.#run === undefined) {
      return;
    }
    this.#holdUntil = this.#surroundings.now() + millis;
    this.#trouble = undefined;
    this.#connection?.abort();
    this.#wake();
  }

  async #work(run: AbortSignal, destination: string, interval: () => number): Promise<void> {
    const { now } = this.#surroundings;
    this.#meter.begin(now());
    while (!run.aborted) {
      const hold = this.#holdUntil - now();
      if (hold > 0) {
        await this.#pause(hold);
        continue;
      }
      const connection = new AbortController();
      this.#connection = connection;
      this.#state = 'connecting';
      const task = { destination, after: this.#track.position, interval, signal: connection.signal };
      try {
        await this.#transport(task, this.#listener(connection.signal), this.#surroundings);
        this.#trouble = undefined;
      } catch (error) {
        if (!connection.signal.aborted) {
          this.#trouble = error instanceof Error ? error.message : String(error);
        }
      }
      const wasCut = connection.signal.aborted;
      connection.abort();
      this.#session = undefined;
      if (!run.aborted) {
        this.#track.cut(now());
        this.#holdUntil = Math.max(this.#holdUntil, wasCut ? 0 : now() + PAUSE);
      }
    }
  }

  #listener(connection: AbortSignal): Listener {
    const { now, offset } = this.#surroundings;
    const unlessOver = (action: () => void): void => {
      if (!connection.aborted) {
        action();
      }
    };
    return {
      placed: (position, recovered) =>
        unlessOver(() => {
          this.#state = 'running';
          this.#trouble = undefined;
          this.#track.placed(now(), now() + offset(), position, recovered);
        }),
      arrived: (message) =>
        unlessOver(() => {
          const at = now();
          const { isNew, isLive } = this.#track.take(message);
          if (isNew) {
            this.#meter.spend({ useful: message.size });
            this.#meter.arrive(at, isLive ? Math.max(0, at + offset() - message.publishedAt) : undefined);
          }
        }),
      spent: (cost) => unlessOver(() => this.#meter.spend(cost)),
      asked: (url) => this.#onRequest(url),
      named: (session) => unlessOver(() => (this.#session = session)),
    };
  }

  async #pause(millis: number): Promise<void> {
    this.#state = 'away';
    this.#backAt = this.#surroundings.now() + millis;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, millis);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#backAt = undefined;
  }
}
