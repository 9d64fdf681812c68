import { describe, expect, test } from 'vitest';
import type { SessionSummary, TopicSummary } from '../../src/pages/operations/api.ts';
import { histogramQuantile, parseSamples, rate, Scrape } from '../../src/pages/operations/prometheus.ts';
import { behind, bySlowness, durationMillis, held, isSlow } from '../../src/pages/operations/slow.ts';

const TEXT = `# HELP carillon_sessions sessions at present
# TYPE carillon_sessions gauge
carillon_sessions{transport="websocket"} 3.0
carillon_sessions{transport="sse",} 2.0
odd{a="x\\"y\\\\z",b="1,2}"} 1.5E3
plain 7
bound{le="+Inf"} +Inf
`;

describe('the text format of Prometheus', () => {
  const scrape = new Scrape(0, parseSamples(TEXT));

  test('is read with labels, escapes and large numbers', () => {
    expect(scrape.sum('carillon_sessions')).toBe(5);
    expect(scrape.sum('carillon_sessions', { transport: 'sse' })).toBe(2);
    expect(scrape.values('carillon_sessions', 'transport')).toEqual(['sse', 'websocket']);
    expect(scrape.of('odd')).toEqual([{ name: 'odd', labels: { a: 'x"y\\z', b: '1,2}' }, value: 1500 }]);
    expect(scrape.sum('plain')).toBe(7);
    expect(scrape.sum('bound')).toBe(Infinity);
    expect(scrape.sum('missing')).toBe(0);
  });

  const at = (millis: number, text: string): Scrape => new Scrape(millis, parseSamples(text));

  test('a rate is what a counter grows in a second', () => {
    const [before, after] = [at(1000, 'c{f="a"} 10\nc{f="b"} 1'), at(3000, 'c{f="a"} 30\nc{f="b"} 2')];
    expect(rate(before, after, 'c', { f: 'a' })).toBe(10);
    expect(rate(before, after, 'c')).toBe(10.5);
    expect(rate(after, at(5000, 'c{f="a"} 0'), 'c')).toBe(0);
    expect(rate(before, before, 'c')).toBe(0);
  });

  test('quantiles are of what came between', () => {
    const histogram = (a: number, b: number, all: number): string =>
      `h_bucket{le="0.01"} ${a}\nh_bucket{le="0.1"} ${b}\nh_bucket{le="+Inf"} ${all}`;
    const [before, after] = [at(0, histogram(1000, 1000, 1000)), at(1000, histogram(1050, 1100, 1100))];
    expect(histogramQuantile(before, after, 'h', 0.25)).toBeCloseTo(0.005);
    expect(histogramQuantile(before, after, 'h', 0.75)).toBeCloseTo(0.055);
    expect(histogramQuantile(before, before, 'h', 0.5)).toBeUndefined();
    expect(histogramQuantile(before, at(1000, histogram(1000, 1000, 1010)), 'h', 0.5)).toBe(0.1);
  });
});

function session(changes: Partial<SessionSummary>): SessionSummary {
  const since = '2026-05-30T18:00:00Z';
  return { id: 'x', since, transport: 'websocket', subscriptions: 1, lag: 0, bytes: 0, ...changes };
}

test('durations', () => {
  expect(durationMillis('PT0.25S')).toBe(250);
  expect(durationMillis('PT1M2S')).toBe(62_000);
  expect(durationMillis('P1DT1H')).toBe(90_000_000);
});

test('who is far behind or does not read is slow, and stands first', () => {
  expect(isSlow(session({ lag: 49 }))).toBe(false);
  expect(isSlow(session({ lag: 50 }))).toBe(true);
  expect(isSlow(session({ writing: 'PT0.2S' }))).toBe(false);
  expect(isSlow(session({ writing: 'PT3S' }))).toBe(true);
  const order = bySlowness([
    session({ id: 'a' }),
    session({ id: 'b', lag: 90 }),
    session({ id: 'c', writing: 'PT9S' }),
  ]);
  expect(order.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

test('a topic knows how far its slowest subscriber is behind', () => {
  const topic = { destination: '/topic/a', family: 'a', bytes: 0, subscribers: 1, rate: 1 };
  const of = (changes: Partial<TopicSummary>): TopicSummary => ({ ...topic, head: 'e-100', tail: 51, ...changes });
  expect(held(of({}))).toBe(50);
  expect(held(of({ head: 'e-0', tail: 1 }))).toBe(0);
  expect(behind(of({}))).toBeUndefined();
  expect(behind(of({ slowest: 100 }))).toEqual({ entries: 0, willSkip: false });
  expect(behind(of({ slowest: 50 }))).toEqual({ entries: 50, willSkip: false });
  expect(behind(of({ slowest: 10 }))).toEqual({ entries: 90, willSkip: true });
});
