import type { Close } from '@carillon/client';
import { afterEach, describe, expect, test } from 'vitest';
import type { Connection } from '../src/connection.ts';
import { catalogue, language, number } from '../src/i18n.ts';
import { href, navigate, route } from '../src/router.ts';
import { summary } from '../src/shell/badge.tsx';

afterEach(() => {
  language.value = 'en';
});

describe('A catalogue', () => {
  const t = catalogue(
    { hello: 'Hello {name}', things: { one: '{count} thing', other: '{count} things' } },
    { hello: '你好 {name}', things: { other: '{count} 件' } },
  );

  test('fills in what it is given, as text', () => {
    expect(t('hello', { name: '<b>{name}</b>' })).toBe('Hello <b>{name}</b>');
    expect(t('hello')).toBe('Hello {name}');
  });

  test('counts by the rules of the language', () => {
    expect([0, 1, 2000].map((count) => t('things', { count }))).toEqual(['0 things', '1 thing', '2,000 things']);
    language.value = 'zh';
    expect(t('things', { count: 1 })).toBe('1 件');
    expect(t('hello', { name: 'A' })).toBe('你好 A');
  });

  test('writes numbers with the decimals asked for', () => {
    expect(number(1234.5, { minimumFractionDigits: 2 })).toBe('1,234.50');
  });
});

describe('The router', () => {
  test('names places whatever is in their names', async () => {
    expect(href('chat', '@a b/c')).toBe('#/chat/%40a%20b%2Fc');
    navigate('chat', '@a b/c');
    await new Promise((done) => setTimeout(done));
    window.dispatchEvent(new Event('hashchange'));
    expect(route.value).toEqual({ page: 'chat', segments: ['@a b/c'] });
  });

  test('takes an address that nobody can decode as it is', () => {
    location.hash = '#/chat/%E0%A4%A';
    window.dispatchEvent(new Event('hashchange'));
    expect(route.value).toEqual({ page: 'chat', segments: ['%E0%A4%A'] });
  });
});

describe('The badge', () => {
  const close: Close = { code: 1006, name: 'connection_lost', reason: 'gone', reconnect: 'later', retryIn: 5000 };
  const base: Connection = {
    state: 'disconnected',
    session: undefined,
    close: undefined,
    retryAt: undefined,
    since: undefined,
    error: undefined,
  };
  const around = { isOnline: true, mustSignIn: false, now: 10_000 };

  test.each([
    ['good', 'Live', { state: 'connected' }, {}],
    // The browser may be wrong about the network; messages that come are not.
    ['good', 'Live', { state: 'connected' }, { isOnline: false }],
    ['busy', 'Connecting', { state: 'connecting' }, {}],
    ['busy', 'Back in 5 s', { state: 'connecting', close, retryAt: 14_100 }, {}],
    ['busy', 'Connecting', { state: 'connecting', close, retryAt: 9000 }, {}],
    ['bad', 'No network', { state: 'connecting', close, retryAt: 14_000 }, { isOnline: false }],
    ['busy', 'Sign in to go on', { state: 'connecting', close }, { mustSignIn: true }],
    ['bad', 'Not connected', { state: 'disconnected' }, {}],
  ] as const)('is %s and says %s', (tone, text, changes, surroundings) => {
    expect(summary({ ...base, ...changes }, { ...around, ...surroundings })).toEqual({ tone, text });
  });
});
