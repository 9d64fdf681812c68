import { describe, expect, test } from 'vitest';
import type { Text } from '../src/i18n.ts';

interface Module {
  readonly t: { readonly en: Readonly<Record<string, Text>>; readonly zh: Readonly<Record<string, Text>> };
}

const modules = import.meta.glob<Module>('../src/**/messages.ts', { eager: true });

describe.each(Object.entries(modules))('%s', (_, { t }) => {
  test('has the same keys in both languages', () => {
    expect(Object.keys(t.zh).sort()).toEqual(Object.keys(t.en).sort());
  });

  test('leaves the same holes to fill in both languages', () => {
    for (const [key, text] of Object.entries(t.en)) {
      expect(holes(t.zh[key] ?? ''), key).toEqual(holes(text));
    }
  });

  test('has no empty text', () => {
    for (const text of [...Object.values(t.en), ...Object.values(t.zh)]) {
      expect(other(text).trim()).not.toBe('');
    }
  });
});

test('there are catalogues', () => {
  expect(Object.keys(modules).length).toBeGreaterThan(0);
});

function other(text: Text): string {
  return typeof text === 'string' ? text : text.other;
}

function holes(text: Text): string[] {
  return [...new Set(other(text).match(/\{\w+\}/g) ?? [])].sort();
}
