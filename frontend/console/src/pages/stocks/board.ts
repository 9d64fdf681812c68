import type { Candle, Quote } from '@carillon/client';
import { type Signal, signal } from '@preact/signals';
import { oncePerFrame } from '../../frame.ts';

/** How many prices a trend shows. */
const TREND = 48;

/** How often rows may change places, in milliseconds: what moves all the time cannot be read. */
const REORDER = 1000;

export type Order = 'symbol' | 'change' | 'price' | 'volume';

/** One symbol on the board. */
export interface Line {
  readonly symbol: string;

  /** The quote with which pictures are drawn; it changes at most once for each of them. */
  readonly shown: Signal<Quote>;

  /** The newest one. */
  quote: Quote;

  /** Whether the last change was up (1) or down (-1); 0 before the first. */
  direction: number;

  /** When we heard of it, in milliseconds since 1970. */
  heardAt: number;

  /** The last prices, the oldest first. */
  readonly trend: number[];
}

/**
 * The newest quote of each symbol. However many come in, what is shown changes at most once for each picture, and only
 * where somebody looks.
 */
export class Board {
  /** Which symbols there are, in order. */
  readonly symbols = signal<readonly string[]>([]);

  /** How many quotes came in, and how many pictures they were shown with. */
  quotes = 0;
  pictures = 0;

  readonly #lines = new Map<string, Line>();
  readonly #changed = new Set<Line>();
  readonly #show = oncePerFrame(() => this.#publish());
  #order: Order = 'symbol';
  #orderedAt = 0;
  #isNew = false;

  line(symbol: string): Line | undefined {
    return this.#lines.get(symbol);
  }

  get size(): number {
    return this.#lines.size;
  }

  /** A quote has come; one that is older than what is known is left out. */
  take(quote: Quote, now: number): void {
    this.quotes++;
    const line = this.#lines.get(quote.symbol);
    if (line === undefined) {
      const fresh = {
        symbol: quote.symbol,
        shown: signal(quote),
        quote,
        direction: 0,
        heardAt: now,
        trend: [quote.price],
      };
      this.#lines.set(quote.symbol, fresh);
      this.#isNew = true;
      this.#changed.add(fresh);
    } else if (quote.time >= line.quote.time) {
      const difference = Math.sign(quote.price - line.quote.price);
      if (difference !== 0) {
        line.direction = difference;
        line.trend.push(quote.price);
        if (line.trend.length > TREND) {
          line.trend.shift();
        }
      }
      line.quote = quote;
      line.heardAt = now;
      this.#changed.add(line);
    }
    this.#show();
  }

  /** Lets a trend begin with older prices. */
  seed(symbol: string, candles: readonly Candle[]): void {
    const line = this.#lines.get(symbol);
    if (line !== undefined) {
      const older = candles.map(({ close }) => close).slice(0, -1);
      line.trend.unshift(...older.slice(Math.max(0, older.length - (TREND - line.trend.length))));
      line.quote = { ...line.quote };
      this.#changed.add(line);
      this.#show();
    }
  }

  order(by: Order): void {
    this.#order = by;
    this.#orderedAt = 0;
    this.#isNew = true;
    this.#show();
  }

  #publish(): void {
    this.pictures++;
    for (const line of this.#changed) {
      line.shown.value = line.quote;
    }
    this.#changed.clear();
    const now = Date.now();
    if (this.#isNew || (this.#order !== 'symbol' && now - this.#orderedAt >= REORDER)) {
      this.#isNew = false;
      this.#orderedAt = now;
      const sorted = [...this.#lines.values()].sort(COMPARE[this.#order]).map(({ symbol }) => symbol);
      if (sorted.some((symbol, index) => symbol !== this.symbols.peek()[index])) {
        this.symbols.value = sorted;
      }
    }
  }
}

const bySymbol = (one: Line, other: Line): number => (one.symbol < other.symbol ? -1 : 1);

const COMPARE: Readonly<Record<Order, (one: Line, other: Line) => number>> = {
  symbol: bySymbol,
  price: (one, other) => other.quote.price - one.quote.price || bySymbol(one, other),
  change: (one, other) => (other.quote.changePercent ?? 0) - (one.quote.changePercent ?? 0) || bySymbol(one, other),
  volume: (one, other) => other.quote.volume - one.quote.volume || bySymbol(one, other),
};

/** How old a quote is, in milliseconds. A service whose clock is ahead of ours is believed. */
export function age({ quote }: Pick<Line, 'quote'>, now: number): number {
  return Math.max(0, now - quote.time);
}
