import type { Candle, Quote } from '@carillon/client';

const MINUTE = 60_000;

/** The candles with a quote that came after they were read; the same array if it changes nothing. */
export function withQuote(candles: readonly Candle[], interval: '1m' | '1d', quote: Quote): readonly Candle[] {
  const last = candles.at(-1);
  const { price, time } = quote;
  const begins = interval === '1m' ? Math.floor(time / MINUTE) * MINUTE : (last?.time ?? 0);
  if (last === undefined || begins > last.time) {
    return interval === '1d' && last === undefined
      ? candles
      : [...candles, { time: begins, open: price, high: price, low: price, close: price, volume: 0 }];
  }
  if (begins < last.time || last.close === price) {
    return candles;
  }
  const changed = { ...last, close: price, high: Math.max(last.high, price), low: Math.min(last.low, price) };
  return [...candles.slice(0, -1), changed];
}
