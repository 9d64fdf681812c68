/** What some traffic takes. Sizes are in bytes. */
export interface Cost {
  /** HTTP requests, handshakes among them. */
  readonly requests: number;

  /** Heads of HTTP requests and headers of WebSocket frames, from the browser. */
  readonly headersOut: number;

  /** The same from the service. */
  readonly headersIn: number;

  /** What these carry, from the browser. */
  readonly payloadOut: number;

  /** The same from the service. */
  readonly payloadIn: number;

  /** The part of the payload that an application has asked for: the bodies of messages. */
  readonly useful: number;
}

export const NO_COST: Cost = { requests: 0, headersOut: 0, headersIn: 0, payloadOut: 0, payloadIn: 0, useful: 0 };

/** Over what time the rate is taken, in milliseconds. */
const RATE_WINDOW = 10_000;

/** How many delays the quantiles are taken of. */
const MOST_DELAYS = 500;

/** What one lane has cost so far, and how late its messages were. */
export class Meter {
  #cost = NO_COST;
  #delays: number[] = [];
  #fresh: number[] = [];
  #arrivals: number[] = [];
  #since: number | undefined;

  get cost(): Cost {
    return this.#cost;
  }

  /** The time from publishing to receiving of the newest messages, the oldest first, in milliseconds. */
  get delays(): readonly number[] {
    return this.#delays;
  }

  /** Begins to count time. @param at in milliseconds */
  begin(at: number): void {
    this.#since ??= at;
  }

  spend(cost: Partial<Cost>): void {
    const sum = { ...this.#cost };
    for (const [name, amount] of Object.entries(cost) as [keyof Cost, number][]) {
      sum[name] += amount;
    }
    this.#cost = sum;
  }

  /** A message has come. @param delay how late, in milliseconds; `undefined` if it was not news */
  arrive(at: number, delay: number | undefined): void {
    this.#arrivals.push(at);
    if (delay !== undefined) {
      this.#delays.push(delay);
      this.#fresh.push(delay);
      if (this.#delays.length > MOST_DELAYS) {
        this.#delays.shift();
      }
    }
  }

  /** The mean of the delays since this was asked last; `undefined` if there were none. */
  takeFresh(): number | undefined {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh.length === 0 ? undefined : fresh.reduce((sum, delay) => sum + delay, 0) / fresh.length;
  }

  /** Messages per second over the last ten seconds, or since the beginning if that is later. */
  rate(at: number): number {
    while (this.#arrivals[0] !== undefined && this.#arrivals[0] <= at - RATE_WINDOW) {
      this.#arrivals.shift();
    }
    const span = Math.min(RATE_WINDOW, at - (this.#since ?? at));
    return span < 1000 ? 0 : (this.#arrivals.length * 1000) / span;
  }
}

/** What lies at a fraction of sorted numbers; `undefined` if there are none. */
export function quantile(numbers: readonly number[], fraction: number): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))];
}

/** All bytes of a cost. */
export function total({ headersOut, headersIn, payloadOut, payloadIn }: Cost): number {
  return headersOut + headersIn + payloadOut + payloadIn;
}

/** The length of a text in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x800) {
      // A surrogate is half of a character of four bytes.
      length += unit >= 0xd800 && unit < 0xe000 ? 1 : 2;
    } else if (unit >= 0x80) {
      length += 1;
    }
  }
  return length;
}
