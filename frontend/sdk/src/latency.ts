import type { Api } from './api.ts';
import { CarillonError } from './errors.ts';
import { newKey } from './keys.ts';
import type { Incoming, Link } from './link.ts';
import type { Environment, LatencyOptions } from './types.ts';

/** How many delays a report has at most; the service takes 50. */
const MOST_DELAYS = 20;

/** The longest delay that the service takes, in milliseconds; what is longer is reported as this. */
const LONGEST_DELAY = 600_000;

/** How often the clocks are compared before the first report; before each of the others it is once. */
const FIRST_TRIPS = 4;

/** How many comparisons of clocks are remembered. */
const MOST_TRIPS = 8;

/** By how much one clock may run faster than the other: 100 millionths, more than two bad quartzes do. */
const DRIFT = 1e-4;

/** Both clocks show whole milliseconds. */
const ROUNDING = 1;

/** A report that is due and comes so much later, in milliseconds, is that of a machine that slept. */
const SLEPT = 5000;

/** One comparison of clocks, in milliseconds: when it was over, how far the service's was ahead, and the round trip. */
interface Trip {
  readonly at: number;
  readonly ahead: number;
  readonly took: number;
}

/**
 * How far the clock of the service is ahead of ours, in milliseconds.
 *
 * As NTP does it (RFC 5905, section 10): the service's clock is taken to have shown its time half way between question and
 * answer, which is wrong by half of the round trip at most, and only as far as the two ways differ. Of the last few trips
 * the one counts that can be wrong least: a short one, and not too old, because the clocks drift apart.
 */
export class ClockOffset {
  #trips: Trip[] = [];

  /** Whether there was a comparison. */
  get isKnown(): boolean {
    return this.#trips.length > 0;
  }

  /** What to add to our time, and by how much that may be wrong. @param now by our clock */
  at(now: number): { readonly ahead: number; readonly doubt: number } {
    const best = this.#best(now);
    return best === undefined ? { ahead: 0, doubt: Infinity } : { ahead: best.ahead, doubt: doubtOf(best, now) };
  }

  /**
   * Takes a comparison in.
   *
   * @param asked when it began, by our clock
   * @param there what the clock of the service showed
   * @param answered when it was over, by our clock
   * @returns false if one of the clocks was set since the last comparisons, which are forgotten then
   */
  compare(asked: number, there: number, answered: number): boolean {
    const trip: Trip = { at: answered, ahead: there - (asked + answered) / 2, took: answered - asked };
    const best = this.#best(answered);
    const isSame =
      trip.took >= 0 &&
      (best === undefined ||
        Math.abs(trip.ahead - best.ahead) <= doubtOf(trip, answered) + doubtOf(best, answered) + ROUNDING);
    const kept = isSame ? this.#trips.slice(1 - MOST_TRIPS) : [];
    // One that ends before it began says nothing but that.
    this.#trips = trip.took >= 0 ? [...kept, trip] : kept;
    return isSame;
  }

  #best(now: number): Trip | undefined {
    let best: Trip | undefined;
    for (const trip of this.#trips) {
      if (best === undefined || doubtOf(trip, now) <= doubtOf(best, now)) {
        best = trip;
      }
    }
    return best;
  }
}

/** By how much a comparison may be wrong by now. */
function doubtOf({ at, took }: Trip, now: number): number {
  return took / 2 + Math.abs(now - at) * DRIFT;
}

/** A message that was picked; times by our clock, but `publishedAt` by that of the service. */
interface Picked {
  readonly destination: string;
  readonly publishedAt: number;
  readonly placedAt: number;
  readonly at: number;
}

/**
 * Reports how late messages of topics arrive: of some, picked at random, the destination and the delay.
 *
 * What was published before its subscription stood on this connection (replay, resume) was not late but waited for us. What
 * comes while nobody looks is not measured, because browsers slow such pages down. Where the service takes no reports, it is
 * asked once for each connection. A report that fails is forgotten.
 */
export class LatencyReports {
  readonly #share: number;
  readonly #every: number;
  readonly #environment: Environment;
  readonly #api: Api;
  #offset = new ClockOffset();

  /** Picked since the last report, all with the same chance. */
  #picked: Picked[] = [];
  #seen = 0;
  #link: Link | undefined;
  #stop = (): void => {};

  constructor(options: LatencyOptions, environment: Environment, api: Api) {
    const { share = 0.01, every = 10_000 } = options;
    if (!(share > 0 && share <= 1)) {
      throw new TypeError('latency.share must be above 0 and at most 1');
    }
    if (!(every >= 1000 && every <= 86_400_000)) {
      throw new TypeError('latency.every must be 1000 to 86400000 milliseconds');
    }
    this.#share = share;
    this.#every = every;
    this.#environment = environment;
    this.#api = api;
  }

  /** There is a connection, perhaps to another instance with another clock. */
  connected(link: Link): void {
    this.#link = link;
    this.#offset = new ClockOffset();
    this.#wait(link);
  }

  /** There is none any more. */
  disconnected(): void {
    this.#link = undefined;
    this.#stop();
    this.#take();
  }

  /** The time by our clock, as `placedAt` of {@link received} is. */
  now(): number {
    return this.#environment.clock.now();
  }

  /** A message has come, to a subscription that stands since `placedAt`. */
  received({ destination, publishedAt }: Incoming, placedAt: number): void {
    const { random } = this.#environment;
    if (
      this.#link === undefined ||
      publishedAt === 0 ||
      !destination.startsWith('/topic/') ||
      random() >= this.#share ||
      !this.#isVisible()
    ) {
      return;
    }
    this.#seen++;
    const place = this.#picked.length < MOST_DELAYS ? this.#picked.length : Math.floor(random() * this.#seen);
    if (place < MOST_DELAYS) {
      this.#picked[place] = { destination, publishedAt, placedAt, at: this.now() };
    }
  }

  #isVisible(): boolean {
    return this.#environment.page?.isVisible() ?? true;
  }

  #take(): readonly Picked[] {
    const picked = this.#picked;
    this.#picked = [];
    this.#seen = 0;
    return picked;
  }

  #wait(link: Link): void {
    const due = this.now() + this.#every;
    this.#stop = this.#environment.clock.schedule(this.#every, () => {
      const picked = this.#take();
      const isMeant = picked.length > 0 && this.#isVisible() && this.now() - due < SLEPT;
      void (isMeant ? this.#report(link, picked) : Promise.resolve()).then(() => {
        if (this.#link === link) {
          this.#wait(link);
        }
      });
    });
  }

  /** Never fails. */
  async #report(link: Link, picked: readonly Picked[]): Promise<void> {
    try {
      if (!(await this.#compareClocks())) {
        return;
      }
      const delays = picked.flatMap((one) => this.#delayOf(one));
      if (this.#link !== link || delays.length === 0 || !this.#isVisible()) {
        return;
      }
      const body = JSON.stringify({ delays });
      const contentType = 'application/json';
      await link.send({ destination: '/app/latency', body, contentType, headers: {}, key: newKey() });
    } catch (error) {
      if (isUnwanted(error) && this.#link === link) {
        this.disconnected();
      }
    }
  }

  /** @returns whether what was picked before can be compared with the clock of the service */
  async #compareClocks(): Promise<boolean> {
    let isSame = true;
    for (let trips = this.#offset.isKnown ? 1 : FIRST_TRIPS; trips > 0; trips--) {
      const offset = this.#offset;
      const asked = this.now();
      const { now: there } = await this.#api.json<{ readonly now: number }>({ method: 'GET', path: '/api/echo' });
      isSame = offset.compare(asked, there, this.now()) && isSame;
    }
    return isSame;
  }

  /** Nothing if it was no news, or came before it was published: then the service has more clocks than one. */
  #delayOf({ destination, publishedAt, placedAt, at }: Picked): readonly object[] {
    const { ahead, doubt } = this.#offset.at(at);
    const delay = at + ahead - publishedAt;
    if (delay > at - placedAt || delay < -doubt - ROUNDING) {
      return [];
    }
    return [{ destination, millis: Math.round(Math.min(Math.max(delay, 0), LONGEST_DELAY)) }];
  }
}

/** Whether the service takes no reports. */
function isUnwanted(error: unknown): boolean {
  return error instanceof CarillonError && error.code === 'unknown-destination';
}
