import type { Quote } from '@carillon/client';
import { effect } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { age, Board } from '../src/pages/stocks/board.ts';
import { withQuote } from '../src/pages/stocks/candles.ts';

function quote(symbol: string, price: number, time = 1000, more: Partial<Quote> = {}): Quote {
  const rest = { bid: null, ask: null, change: null, changePercent: null, previousClose: null };
  return { symbol, price, time, ...rest, open: 1, high: 1, low: 1, volume: 1, stale: false, ...more };
}

describe('A board', () => {
  const frames: (() => void)[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('requestAnimationFrame', (action: () => void) => frames.push(action));
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    frames.length = 0;
  });

  function draw(): void {
    frames.splice(0).forEach((action) => action());
  }

  test('shows five thousand quotes with one picture', () => {
    const board = new Board();
    for (let round = 0; round < 10; round++) {
      for (let index = 0; index < 500; index++) {
        board.take(quote(`S${index}`, 100 + round, 1000 + round), 0);
      }
    }
    expect(frames).toHaveLength(1);
    expect(board.symbols.value).toEqual([]);
    draw();
    expect(board.quotes).toBe(5000);
    expect(board.pictures).toBe(1);
    expect(board.symbols.value).toHaveLength(500);
    expect(board.line('S499')?.shown.value.price).toBe(109);
  });

  test('tells only those who look at what has changed', () => {
    const board = new Board();
    board.take(quote('A', 1), 0);
    board.take(quote('B', 1), 0);
    draw();
    const drawn = { A: 0, B: 0 };
    for (const symbol of ['A', 'B'] as const) {
      effect(() => {
        drawn[symbol] += board.line(symbol)?.shown.value === undefined ? 0 : 1;
      });
    }
    board.take(quote('A', 2, 1001), 0);
    board.take(quote('A', 3, 1002), 0);
    draw();
    expect(drawn).toEqual({ A: 2, B: 1 });
  });

  test('leaves out a quote that is older than what is known', () => {
    const board = new Board();
    board.take(quote('A', 2, 2000), 0);
    board.take(quote('A', 1, 1000), 0);
    draw();
    expect(board.line('A')?.shown.value.price).toBe(2);
  });

  test('takes the same quote again when it has become stale', () => {
    const board = new Board();
    board.take(quote('A', 2, 2000), 0);
    board.take(quote('A', 2, 2000, { stale: true }), 0);
    draw();
    expect(board.line('A')?.shown.value.stale).toBe(true);
    expect(board.line('A')?.direction).toBe(0);
  });

  test('lets rows change places at most once a second', () => {
    const board = new Board();
    board.order('price');
    board.take(quote('A', 1), 0);
    board.take(quote('B', 2), 0);
    draw();
    expect(board.symbols.value).toEqual(['B', 'A']);
    vi.advanceTimersByTime(500);
    board.take(quote('A', 3, 1001), 0);
    draw();
    expect(board.symbols.value).toEqual(['B', 'A']);
    vi.advanceTimersByTime(600);
    board.take(quote('A', 4, 1002), 0);
    draw();
    expect(board.symbols.value).toEqual(['A', 'B']);
  });

  test('begins a trend with older prices and keeps it short', () => {
    const board = new Board();
    board.take(quote('A', 10), 0);
    const candles = [1, 2, 3].map((close) => ({ time: close, open: 1, high: 1, low: 1, close, volume: 1 }));
    board.seed('A', candles);
    expect(board.line('A')?.trend).toEqual([1, 2, 10]);
    for (let i = 0; i < 100; i++) {
      board.take(quote('A', 20 + i, 2000 + i), 0);
    }
    expect(board.line('A')?.trend).toHaveLength(48);
    expect(board.line('A')?.trend.at(-1)).toBe(119);
  });

  test('is drawn twice a second where nobody sees it', () => {
    const board = new Board();
    board.take(quote('A', 1), 0);
    vi.advanceTimersByTime(500);
    expect(board.pictures).toBe(1);
  });

  test('gives a quote from the future no negative age', () => {
    expect(age({ quote: quote('A', 1, 2000) }, 1000)).toBe(0);
    expect(age({ quote: quote('A', 1, 1000) }, 5000)).toBe(4000);
  });
});

describe('Candles', () => {
  const candle = { time: 60_000, open: 5, high: 8, low: 4, close: 6, volume: 1 };

  test('take a quote of the same minute into the last one', () => {
    expect(withQuote([candle], '1m', quote('A', 9, 119_999))).toEqual([{ ...candle, close: 9, high: 9 }]);
    expect(withQuote([candle], '1m', quote('A', 3, 61_000))).toEqual([{ ...candle, close: 3, low: 3 }]);
  });

  test('begin a new one with the next minute', () => {
    const next = { time: 120_000, open: 7, high: 7, low: 7, close: 7, volume: 0 };
    expect(withQuote([candle], '1m', quote('A', 7, 120_500))).toEqual([candle, next]);
  });

  test('stay the same for a quote that changes nothing', () => {
    const candles = [candle];
    expect(withQuote(candles, '1m', quote('A', 6, 61_000))).toBe(candles);
    expect(withQuote(candles, '1m', quote('A', 9, 30_000))).toBe(candles);
  });

  test('of days take every quote into the last one', () => {
    expect(withQuote([candle], '1d', quote('A', 9, 9_999_999))).toEqual([{ ...candle, close: 9, high: 9 }]);
  });
});
