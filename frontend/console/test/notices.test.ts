import type { CarillonClient, Message } from '@carillon/client';
import { beforeEach, expect, test, vi } from 'vitest';
import { dismissNotice, followNotices, notices, withNotice, type Notice } from '../src/notices.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

let offsets = 0;

function message(topic: string, body: unknown, publishedAt = NOW): Message {
  return {
    body,
    destination: `/topic/notices.${topic}`,
    position: `e-${++offsets}`,
    publishedAt,
    raw: new Uint8Array(),
    stale: false,
    skipped: 0,
    headers: {},
  };
}

function after(...messages: readonly Message[]): readonly string[] {
  return messages.reduce<readonly Notice[]>((all, one) => withNotice(all, one, NOW), []).map(({ text }) => text);
}

beforeEach(() => localStorage.clear());

test('a notice is a text, or JSON with one', () => {
  expect(after(message('a', ' Back at noon '))).toEqual(['Back at noon']);
  expect(after(message('a', { text: 'Back at noon' }))).toEqual(['Back at noon']);
  expect(after(message('a', { words: 1 }), message('b', 7), message('c', null), message('d', { text: 7 }))).toEqual([]);
});

test('the newest of a topic counts, and one without a text takes it back', () => {
  const first = message('a', 'first', NOW - 2);
  const other = message('b', 'other', NOW - 1);
  expect(after(first, other)).toEqual(['other', 'first']);
  expect(after(first, other, message('a', 'second'))).toEqual(['second', 'other']);
  expect(after(first, other, message('a', { text: '' }))).toEqual(['other']);
});

test('the three newest are shown, and none of yesterday', () => {
  const all = ['1', '2', '3', '4'].map((text) => message(text, text, NOW - 10 + Number(text)));
  expect(after(...all)).toEqual(['4', '3', '2']);
  expect(after(message('a', 'old', NOW - 25 * HOUR), message('b', 'of today', NOW - 23 * HOUR))).toEqual(['of today']);
});

test('what was dismissed does not come again, but what comes after it does', () => {
  const first = message('a', 'first');
  notices.value = withNotice([], first, NOW);
  notices.value.forEach(dismissNotice);
  expect(notices.value).toEqual([]);
  expect(after(first)).toEqual([]);
  expect(after(first, message('a', 'second'))).toEqual(['second']);
  localStorage.setItem('carillon.notices.dismissed', 'not JSON');
  expect(after(first)).toEqual(['first']);
});

test('somebody else begins without the notices of the one before', async () => {
  const subscribe = vi.fn<CarillonClient['subscribe']>(() => Promise.reject(new Error('no such topics')));
  const client = { subscribe } as unknown as CarillonClient;
  notices.value = withNotice([], message('a', 'first'), NOW);
  const stop = followNotices(client);
  expect(notices.value).toEqual([]);
  const [destination, hear, options] = subscribe.mock.calls[0] ?? [];
  expect(destination).toBe('/topic/notices.*');
  hear?.(message('a', 'second', Date.now()));
  expect(notices.value.map(({ text }) => text)).toEqual(['second']);
  stop();
  expect(options?.signal?.aborted).toBe(true);
  await Promise.resolve();
});
