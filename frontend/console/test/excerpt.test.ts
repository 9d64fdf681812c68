import { expect, test } from 'vitest';
import { excerpt } from '../src/pages/chat/excerpt.ts';

test('shows the words as they stand in the text, whatever the case', () => {
  expect(excerpt('Back at NOON, they say', 'noon')).toEqual({ before: 'Back at ', match: 'NOON', after: ', they say' });
  expect(excerpt('中午回来', '回来')).toEqual({ before: '中午', match: '回来', after: '' });
});

test('leaves out what stands far before them, without breaking a character', () => {
  const { before, match } = excerpt(`${'x'.repeat(100)}${'👍'.repeat(60)}needle`, 'needle');
  expect(before).toBe(`…${'👍'.repeat(60)}`);
  expect(match).toBe('needle');
});

test('shows the whole text where only the service knows what was found', () => {
  expect(excerpt('Straße', 'strasse')).toEqual({ before: 'Straße', match: '', after: '' });
  // The small form of this letter is longer.
  expect(excerpt('İstanbul at noon', 'noon')).toEqual({ before: 'İstanbul at ', match: 'noon', after: '' });
  expect(excerpt('text', '')).toEqual({ before: 'text', match: '', after: '' });
});
