import { expect, test } from 'vitest';
import { estimateOffset } from '../src/clocks.ts';

test('without a round trip nothing is known', () => {
  expect(estimateOffset([])).toBeUndefined();
});

test('a clock that is ahead is told by how much', () => {
  // 5000 ms ahead, 10 ms there, 10 ms back; the clock there shows whole milliseconds.
  const offset = estimateOffset([{ sent: 1000, received: 1020, there: 6010 }]);
  expect(offset?.millis).toBeCloseTo(5000.5);
  expect(offset?.error).toBeCloseTo(10.5);
});

test('the quickest round trip counts', () => {
  const offset = estimateOffset([
    { sent: 0, received: 900, there: -1150 },
    { sent: 1000, received: 1002, there: -999 },
    { sent: 2000, received: 2300, there: 10 },
  ]);
  expect(offset?.millis).toBeCloseTo(-1999.5);
});

test('whatever the ways take, the error is not larger than said', () => {
  const real = 1234.25;
  for (const [there, back] of [
    [0, 80],
    [80, 0],
    [3, 40],
    [0, 0],
  ] as const) {
    const sent = 500.4;
    const shown = Math.floor(sent + there + real);
    const offset = estimateOffset([{ sent, received: sent + there + back, there: shown }]);
    expect(Math.abs((offset?.millis ?? NaN) - real)).toBeLessThanOrEqual(offset?.error ?? NaN);
  }
});

test('a clock that was set back meanwhile is not believed', () => {
  expect(estimateOffset([{ sent: 1000, received: 900, there: 5 }])).toBeUndefined();
});
