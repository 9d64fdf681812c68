import { beforeEach, expect, test } from 'vitest';
import { forgetAllWaiting, forgetWaiting, keepWaiting, waitingOf } from '../src/waiting.ts';

beforeEach(() => sessionStorage.clear());

function all(user: string): unknown {
  return Object.fromEntries(waitingOf(user));
}

test('what waits is kept for its user and conversation, in order, and once', () => {
  keepWaiting('alice', 'general', { key: '1', text: 'one' });
  keepWaiting('alice', 'general', { key: '2', text: 'two', replyTo: 7 });
  keepWaiting('alice', '@a/b', { key: '3', text: 'three' });
  keepWaiting('alice/x', 'general', { key: '4', text: 'four' });
  keepWaiting('alice', 'general', { key: '1', text: 'one' });
  expect(all('alice')).toEqual({
    '@a/b': [{ key: '3', text: 'three' }],
    general: [
      { key: '2', text: 'two', replyTo: 7 },
      { key: '1', text: 'one' },
    ],
  });
  expect(all('bob')).toEqual({});
  forgetWaiting('alice', 'general', '2');
  forgetWaiting('alice', 'general', '1');
  forgetWaiting('alice', 'general', 'unknown');
  expect(all('alice')).toEqual({ '@a/b': [{ key: '3', text: 'three' }] });
  forgetAllWaiting('alice');
  expect(all('alice')).toEqual({});
  expect(all('alice/x')).toEqual({ general: [{ key: '4', text: 'four' }] });
});

test('no more than fifty are kept of a conversation, those that wait longest', () => {
  for (let i = 0; i < 60; i++) {
    keepWaiting('alice', 'general', { key: `${i}`, text: 'x' });
  }
  const kept = waitingOf('alice').get('general') ?? [];
  expect(kept.map(({ key }) => Number(key))).toEqual(Array.from({ length: 50 }, (_, index) => index));
});

test('what nobody here has written is not taken for a message', () => {
  sessionStorage.setItem('carillon.waiting.alice/general', '[{"key":1},null,"x",{"key":"k","text":"t"}]');
  sessionStorage.setItem('carillon.waiting.alice/random', 'not JSON');
  expect(all('alice')).toEqual({ general: [{ key: 'k', text: 't' }], random: [] });
});
