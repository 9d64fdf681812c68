import { number } from './i18n.ts';

/** A span of time, from milliseconds. */
export function millis(value: number): string {
  if (value >= 1000) {
    return `${number(value / 1000, { maximumFractionDigits: value < 10_000 ? 1 : 0 })} s`;
  }
  return `${number(value, { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`;
}

/** A size, from bytes. */
export function bytes(value: number): string {
  if (value < 10_000) {
    return `${number(Math.round(value))} B`;
  }
  const isSmall = value < 1_000_000;
  const scaled = isSmall ? value / 1000 : value / 1_000_000;
  return `${number(scaled, { maximumFractionDigits: scaled < 100 ? 1 : 0 })} ${isSmall ? 'kB' : 'MB'}`;
}
