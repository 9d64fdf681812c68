import { CarillonError, type MatchState } from '@carillon/client';
import { expect, test } from 'vitest';
import { eventOf, fieldOf, fieldsOf, kindsFor } from '../../src/pages/scores/desk.ts';

function state(changes: object): MatchState {
  const clock = { running: true };
  return { kind: 'soccer', status: 'live', period: 'first-half', clock, ...changes } as unknown as MatchState;
}

test('what can be reported follows from where the match is', () => {
  expect(kindsFor(state({ status: 'scheduled' }))[0]).toBe('period-start');
  expect(kindsFor(state({ kind: 'tennis', status: 'scheduled' }))[0]).toBe('match-start');
  expect(kindsFor(state({}))[0]).toBe('goal');
  expect(kindsFor(state({}))).not.toContain('period-start');
  expect(kindsFor(state({ period: 'shoot-out' }))).toContain('shoot-out-kick');
  expect(kindsFor(state({ kind: 'basketball' }))).toContain('clock-stop');
  expect(kindsFor(state({ kind: 'basketball', clock: { running: false } }))).toContain('clock-start');
  expect(kindsFor(state({ status: 'finished' }))).toEqual([]);
});

test('every kind that is offered is known', () => {
  for (const kind of ['soccer', 'basketball', 'tennis'] as const) {
    for (const status of ['scheduled', 'break', 'live'] as const) {
      for (const one of kindsFor(state({ kind, status }))) {
        expect(eventOf(kind, one, {})).toMatchObject({ kind: one });
      }
    }
  }
});

test('an event says what the form says', () => {
  expect(eventOf('soccer', 'goal', { team: 'home', player: ' Ada ', how: '' })).toEqual({
    kind: 'goal',
    team: 'home',
    player: 'Ada',
    how: 'open-play',
  });
  expect(eventOf('soccer', 'goal', { team: 'home', player: '' })).not.toHaveProperty('player');
  expect(eventOf('basketball', 'basket', { team: 'away', points: '3' })).toMatchObject({ points: 3 });
  expect(eventOf('soccer', 'added-time', { minutes: '4' })).toEqual({ kind: 'added-time', minutes: 4 });
  expect(eventOf('soccer', 'added-time', { minutes: 'x' })).toEqual({ kind: 'added-time', minutes: 'x' });
  expect(eventOf('soccer', 'shoot-out-kick', { team: 'home', scored: 'true' })).toMatchObject({ scored: true });
});

test('a refusal belongs to the field it names, or to the one whose value it repeats', () => {
  const names = fieldsOf('soccer', 'card').map(({ name }) => name);
  const of = (message: string, values = {}): string | undefined =>
    fieldOf(new CarillonError('conflict', message), [...names, 'clock'], values);
  expect(of('player is missing')).toBe('player');
  expect(of('event.color has a value that does not exist')).toBe('color');
  expect(of('clock 5 is before 60, when the event before it happened')).toBe('clock');
  expect(of('Ada Byron was sent off', { player: 'Ada Byron' })).toBe('player');
  expect(of('The match has not begun', { player: 'Ada' })).toBeUndefined();
  expect(fieldOf(new Error('player'), names, {})).toBeUndefined();
});
