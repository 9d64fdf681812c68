import type {
  MatchClock,
  MatchState,
  MatchStatus,
  MatchSummary,
  MatchView,
  ScoreMessage,
  Side,
  Sport,
  Tally,
  TimelineEntry,
} from '@carillon/client';

/** A match in the list. */
export interface Fixtured {
  readonly match: string;
  readonly sport: Sport;
  readonly home: string;
  readonly away: string;
  readonly status: MatchStatus;
  readonly period: string;
  readonly score: Tally;
  readonly winner: Side | null;

  /** Grows with each change. */
  readonly number: number;

  /** In milliseconds since 1970. */
  readonly changedAt: number;

  /** All of it, once a message has told. */
  readonly state: MatchState | undefined;
}

export type Board = ReadonlyMap<string, Fixtured>;

/** Adds what a list names; what is known to be newer stays. */
export function withList(board: Board, list: readonly MatchSummary[]): Board {
  const next = new Map(board);
  for (const { match, changedAt, number, ...summary } of list) {
    const known = next.get(match);
    if (known === undefined || known.number < number) {
      const { sport, home, away, status, period, score, winner } = summary;
      const told = { match, sport, home, away, status, period, score, winner, number };
      next.set(match, { ...told, changedAt: Date.parse(changedAt), state: undefined });
    }
  }
  return next;
}

/** Adds what a message tells, unless something newer is known. */
export function withMessage(board: Board, { match, number, at, state }: ScoreMessage): Board {
  const known = board.get(match);
  if (known !== undefined && known.number > number) {
    return board;
  }
  const { kind: sport, fixture, status, period, score, winner } = state;
  const told = { match, sport, home: fixture.home, away: fixture.away, status, period, score, winner, number };
  return new Map(board).set(match, { ...told, changedAt: Date.parse(at), state });
}

export type Group = 'live' | 'scheduled' | 'over';

/** The matches of a sport, or of all: those that are played, those to come, and those that are over, the latest first. */
export function grouped(board: Board, sport: Sport | undefined): Readonly<Record<Group, readonly Fixtured[]>> {
  const groups: Record<Group, Fixtured[]> = { live: [], scheduled: [], over: [] };
  for (const match of board.values()) {
    if (sport === undefined || match.sport === sport) {
      groups[groupOf(match.status)].push(match);
    }
  }
  const byName = (a: Fixtured, b: Fixtured): number =>
    a.sport.localeCompare(b.sport) || a.home.localeCompare(b.home) || a.match.localeCompare(b.match);
  groups.live.sort(byName);
  groups.scheduled.sort(byName);
  groups.over.sort((a, b) => b.changedAt - a.changedAt || byName(a, b));
  return groups;
}

export function groupOf(status: MatchStatus): Group {
  return status === 'live' || status === 'break' ? 'live' : status === 'scheduled' ? 'scheduled' : 'over';
}

/**
 * A match after a message; `undefined` if messages between are missing, so that it has to be read again. A message that
 * is known already changes nothing.
 */
export function withChange(view: MatchView, message: ScoreMessage): MatchView | undefined {
  const { number, event, state, at, match } = message;
  if (match !== view.match || number < view.number || (number === view.number && message.kind !== 'state')) {
    return view;
  }
  if (number > view.number + 1) {
    return undefined;
  }
  const changed = { ...view, number, state, changedAt: at };
  return event === null ? changed : { ...changed, timeline: withEntry(view.timeline, event) };
}

function withEntry(timeline: readonly TimelineEntry[], entry: TimelineEntry): readonly TimelineEntry[] {
  const isKnown = timeline.some(({ number }) => number === entry.number);
  return isKnown ? timeline.map((one) => (one.number === entry.number ? entry : one)) : [...timeline, entry];
}

/** What a clock of a sport shows: in basketball what is left, in the others what has passed. */
export function clockText(sport: Sport, clock: MatchClock, seconds: number): string {
  const shown = sport === 'basketball' ? Math.ceil(Math.max(0, clock.end - seconds)) : Math.floor(seconds);
  const [minutes, rest] = [Math.floor(shown / 60), String(shown % 60).padStart(2, '0')];
  return minutes < 60 || sport !== 'tennis'
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** The minute in which something happened, as soccer counts it: 45+2 beside 47. */
export function minuteText(period: string, clock: number): string {
  const ends: Readonly<Record<string, number>> = {
    'first-half': 45,
    'second-half': 90,
    'extra-time-1': 105,
    'extra-time-2': 120,
  };
  const minute = Math.floor(clock / 60) + 1;
  const end = ends[period];
  return end !== undefined && minute > end ? `${end}+${minute - end}′` : `${minute}′`;
}
