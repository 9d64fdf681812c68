import { describe, expect, test } from 'vitest';
import { Heights } from '../src/shell/heights.ts';

describe('Heights', () => {
  test('agree with adding up, whatever is done to them', () => {
    const heights = new Heights();
    let expected: number[] = [];
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 3000; round++) {
      const what = random(10);
      if (what < 6 || expected.length === 0) {
        const height = 20 + random(80);
        heights.push(height);
        expected.push(height);
      } else if (what < 9) {
        const index = random(expected.length);
        const height = 20 + random(200);
        heights.set(index, height);
        expected[index] = height;
      } else {
        const count = Math.max(0, expected.length - random(5));
        heights.truncate(count);
        expected = expected.slice(0, count);
      }
      if (round % 50 === 0) {
        const index = random(expected.length + 1);
        expect(heights.top(index)).toBe(sum(expected.slice(0, index)));
      }
    }
    expect(heights.count).toBe(expected.length);
    expect(heights.total).toBe(sum(expected));
    let top = 0;
    expected.forEach((height, index) => {
      expect(heights.at(top)).toBe(index);
      expect(heights.at(top + height - 1)).toBe(index);
      top += height;
    });
  });

  test('find the first and the last row beyond their ends', () => {
    const heights = new Heights();
    [10, 20, 30].forEach((height) => heights.push(height));
    expect(heights.at(-5)).toBe(0);
    expect(heights.at(1000)).toBe(2);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
