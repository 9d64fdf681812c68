import type { MatchClock, MatchState, MatchSummary, MatchView, ScoreMessage, TimelineEntry } from '@carillon/client';
import { expect, test } from 'vitest';
import {
  clockText,
  grouped,
  minuteText,
  withChange,
  withList,
  withMessage,
  type Board,
} from '../../src/pages/scores/board.ts';

const CLOCK: MatchClock = {
  running: true,
  seconds: 0,
  since: null,
  periodStartedAt: null,
  start: 0,
  end: 600,
  limit: 3600,
  rate: 1,
  lastEvent: 0,
};

function state(home: number, status: MatchState['status'] = 'live'): MatchState {
  const fixture = { kind: 'soccer', home: 'Reds', away: 'Blues' } as const;
  const score = { home, away: 0 };
  return { kind: 'soccer', fixture, status, period: 'first-half', clock: CLOCK, score, winner: null };
}

function entry(number: number, withdrawn = false): TimelineEntry {
  const event = { kind: 'goal', team: 'home' };
  const at = '2026-05-30T18:00:00Z';
  return { number, at, period: 'first-half', clock: 60, score: { home: 1, away: 0 }, withdrawn, event };
}

function message(number: number, changes: Partial<ScoreMessage> = {}): ScoreMessage {
  const at = '2026-05-30T18:00:00Z';
  return { kind: 'event', match: 'm', number, at, event: entry(number), state: state(1), recent: [], ...changes };
}

function summary(number: number, changes: Partial<MatchSummary> = {}): MatchSummary {
  const score = { home: 0, away: 0 };
  const teams = { home: 'Reds', away: 'Blues', winner: null, startsAt: null, destination: '/topic/scores.soccer.m' };
  const where = { status: 'live', period: 'first-half', changedAt: '2026-05-30T17:00:00Z' } as const;
  return { match: 'm', sport: 'soccer', score, number, ...teams, ...where, ...changes };
}

const EMPTY: Board = new Map();

test('what is newer stays, whether the list or the message comes first', () => {
  expect(withList(withMessage(EMPTY, message(3)), [summary(2)]).get('m')).toMatchObject({
    number: 3,
    score: { home: 1 },
  });
  expect(withMessage(withList(EMPTY, [summary(4)]), message(3)).get('m')).toMatchObject({
    number: 4,
    state: undefined,
  });
  expect(withMessage(withList(EMPTY, [summary(2)]), message(3)).get('m')).toMatchObject({ number: 3, home: 'Reds' });
});

test('matches stand by where they are, those that ended last first', () => {
  const board = withList(EMPTY, [
    summary(1, { match: 'old', status: 'finished', changedAt: '2026-05-30T10:00:00Z' }),
    summary(1, { match: 'new', status: 'abandoned', changedAt: '2026-05-30T11:00:00Z' }),
    summary(1, { match: 'break', status: 'break', home: 'Z' }),
    summary(1, { match: 'live', home: 'A' }),
    summary(1, { match: 'next', status: 'scheduled' }),
    summary(1, { match: 'tennis', sport: 'tennis' }),
  ]);
  const names = (group: readonly { match: string }[]): string[] => group.map(({ match }) => match);
  const all = grouped(board, undefined);
  expect(names(all.over)).toEqual(['new', 'old']);
  expect(names(all.scheduled)).toEqual(['next']);
  expect(names(all.live)).toEqual(['live', 'break', 'tennis']);
  expect(names(grouped(board, 'tennis').live)).toEqual(['tennis']);
});

function view(): MatchView {
  const at = '2026-05-30T17:00:00Z';
  return {
    match: 'm',
    destination: '/topic/scores.soccer.m',
    number: 3,
    changedAt: at,
    state: state(0),
    timeline: [entry(2), entry(3)],
  };
}

test('the next message extends the timeline', () => {
  const next = withChange(view(), message(4));
  expect(next?.timeline.map(({ number }) => number)).toEqual([2, 3, 4]);
  expect(next?.state.score.home).toBe(1);
});

test('a withdrawal marks its event', () => {
  const next = withChange(view(), message(4, { kind: 'withdrawal', event: entry(2, true) }));
  expect(next?.timeline.map(({ number, withdrawn }) => [number, withdrawn])).toEqual([
    [2, true],
    [3, false],
  ]);
  expect(next?.number).toBe(4);
});

test('a message that is known or of another match changes nothing', () => {
  const before = view();
  expect(withChange(before, message(3))).toBe(before);
  expect(withChange(before, message(2))).toBe(before);
  expect(withChange(before, message(4, { match: 'other' }))).toBe(before);
});

test('after a gap the match has to be read again', () => {
  expect(withChange(view(), message(5))).toBeUndefined();
});

test('clocks show what people of the sport expect', () => {
  expect(clockText('soccer', CLOCK, 2712.9)).toBe('45:12');
  expect(clockText('soccer', CLOCK, 5400)).toBe('90:00');
  expect(clockText('basketball', CLOCK, 0)).toBe('10:00');
  expect(clockText('basketball', CLOCK, 590.5)).toBe('0:10');
  expect(clockText('basketball', CLOCK, 700)).toBe('0:00');
  expect(clockText('tennis', CLOCK, 3725)).toBe('1:02:05');
});

test('minutes of soccer', () => {
  expect(minuteText('first-half', 0)).toBe('1′');
  expect(minuteText('first-half', 2699)).toBe('45′');
  expect(minuteText('first-half', 2700 + 61)).toBe('45+2′');
  expect(minuteText('second-half', 2700 + 61)).toBe('47′');
});
