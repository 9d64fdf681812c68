import { describe, expect, test } from 'vitest';
import { ListModel } from '../src/shell/list-model.ts';

const VIEWPORT = 400;

function names(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `m${from + index}`);
}

function sync(model: ListModel, keys: readonly string[]): void {
  model.sync(keys.length, (index) => keys[index] ?? '');
}

describe('A list', () => {
  test('begins at its end and stays there', () => {
    const model = new ListModel(50);
    sync(model, names(0, 100));
    expect(model.scrollTop(VIEWPORT)).toBe(100 * 50 - VIEWPORT);
    sync(model, names(0, 110));
    expect(model.isAtEnd).toBe(true);
    expect(model.scrollTop(VIEWPORT)).toBe(110 * 50 - VIEWPORT);
  });

  test('renders what is seen and a little more, however long it is', () => {
    const model = new ListModel(50);
    sync(model, names(0, 50_000));
    const { first, last } = model.window(VIEWPORT);
    expect(last).toBe(50_000);
    expect(last - first).toBeLessThan(40);
  });

  test('keeps in sight what one looks at while rows come before and after', () => {
    const model = new ListModel(50);
    sync(model, names(100, 200));
    model.scrolled(1020, VIEWPORT);
    // Row 120 begins 20 pixels above the upper edge.
    sync(model, names(0, 250));
    expect(model.isAtEnd).toBe(false);
    expect(model.scrollTop(VIEWPORT)).toBe(120 * 50 + 20);
  });

  test('keeps in sight what one looks at while rows above turn out to be higher', () => {
    const model = new ListModel(50);
    sync(model, names(0, 100));
    model.scrolled(1000, VIEWPORT);
    expect(model.measured(3, 90)).toBe(true);
    expect(model.scrollTop(VIEWPORT)).toBe(1040);
    expect(model.measured(3, 90)).toBe(false);
  });

  test('remembers the height of a row that comes again', () => {
    const model = new ListModel(50);
    sync(model, names(0, 100));
    model.measured(0, 75);
    sync(model, names(50, 100));
    sync(model, names(0, 100));
    model.scrolled(0, VIEWPORT);
    expect(model.frame(VIEWPORT, 1).top).toBe(75);
  });

  test('goes to the end when what one looked at is gone', () => {
    const model = new ListModel(50);
    sync(model, names(0, 100));
    model.scrolled(0, VIEWPORT);
    sync(model, names(60, 100));
    expect(model.isAtEnd).toBe(true);
  });

  test('shows a row in the middle, also one that is not there yet', () => {
    const model = new ListModel(50);
    sync(model, names(100, 200));
    model.show('m30', VIEWPORT);
    expect(model.isAtEnd).toBe(true);
    sync(model, names(0, 200));
    expect(model.scrollTop(VIEWPORT)).toBe(30 * 50 + 25 - VIEWPORT / 2);
    model.stickToEnd();
    expect(model.isAtEnd).toBe(true);
  });

  test('stands at the lower edge while it is short', () => {
    const model = new ListModel(50);
    sync(model, names(0, 3));
    expect(model.frame(VIEWPORT, 0)).toEqual({ height: VIEWPORT, top: VIEWPORT - 150 });
    expect(model.scrollTop(VIEWPORT)).toBe(0);
  });

  test('takes over that the last row has become another one', () => {
    const model = new ListModel(50);
    sync(model, [...names(0, 10), 'pending']);
    model.measured(10, 80);
    sync(model, [...names(0, 11), 'pending']);
    expect(model.frame(VIEWPORT, 0).height).toBe(11 * 50 + 80);
  });
});
