import { CarillonError, type MatchEvent, type MatchState, type Sport } from '@carillon/client';

/** A field of an event. */
export interface Field {
  readonly name: string;
  readonly type: 'team' | 'name' | 'choice' | 'number' | 'flag';

  /** What there is to choose from; the first one is meant if nothing is chosen. */
  readonly choices?: readonly string[];
  readonly isOptional?: boolean;
}

const TEAM: Field = { name: 'team', type: 'team' };
const PLAYER: Field = { name: 'player', type: 'name' };
const SCORER: Field = { ...PLAYER, isOptional: true };

/** What scorers report in each sport, the frequent first; docs/scores.md has the same table. */
const KINDS: Readonly<Record<Sport, Readonly<Record<string, readonly Field[]>>>> = {
  soccer: {
    goal: [TEAM, SCORER, { name: 'how', type: 'choice', choices: ['open-play', 'penalty', 'own-goal'] }],
    card: [TEAM, PLAYER, { name: 'color', type: 'choice', choices: ['yellow', 'red'] }],
    substitution: [TEAM, { name: 'off', type: 'name' }, { name: 'on', type: 'name' }],
    'added-time': [{ name: 'minutes', type: 'number' }],
    'period-end': [],
    'period-start': [],
    'shoot-out-kick': [TEAM, SCORER, { name: 'scored', type: 'flag' }],
    abandoned: [{ name: 'reason', type: 'name', isOptional: true }],
  },
  basketball: {
    basket: [TEAM, { name: 'points', type: 'choice', choices: ['2', '3', '1'] }, SCORER],
    foul: [TEAM, PLAYER, { name: 'severity', type: 'choice', choices: ['personal', 'technical', 'disqualifying'] }],
    timeout: [TEAM],
    'clock-stop': [],
    'clock-start': [],
    'period-end': [],
    'period-start': [],
    abandoned: [{ name: 'reason', type: 'name', isOptional: true }],
  },
  tennis: {
    point: [TEAM, { name: 'how', type: 'choice', choices: ['rally', 'ace', 'double-fault'] }],
    'match-start': [{ name: 'server', type: 'team' }],
    retirement: [TEAM],
    abandoned: [{ name: 'reason', type: 'name', isOptional: true }],
  },
};

/** The fields of a kind of event. */
export function fieldsOf(sport: Sport, kind: string): readonly Field[] {
  return KINDS[sport][kind] ?? [];
}

/**
 * What could have happened, the likely first. This only saves a scorer from looking for it: the rules are the service's.
 */
export function kindsFor({ kind: sport, status, period, clock }: MatchState): readonly string[] {
  const all = Object.keys(KINDS[sport]);
  switch (status) {
    case 'scheduled':
      return sport === 'tennis' ? ['match-start', 'abandoned'] : ['period-start', 'abandoned'];
    case 'break':
      return sport === 'soccer' ? ['period-start', 'card', 'substitution', 'abandoned'] : ['period-start', 'abandoned'];
    case 'live':
      return all.filter((kind) => {
        switch (kind) {
          case 'period-start':
          case 'match-start':
            return false;
          case 'shoot-out-kick':
            return period === 'shoot-out';
          case 'goal':
          case 'added-time':
          case 'period-end':
            return period !== 'shoot-out';
          case 'clock-stop':
            return clock.running;
          case 'clock-start':
            return !clock.running;
          default:
            return true;
        }
      });
    case 'finished':
    case 'abandoned':
      return [];
  }
}

/** Makes an event of what is in the fields of a form; what is empty is left out and judged by the service. */
export function eventOf(sport: Sport, kind: string, values: Readonly<Record<string, string>>): MatchEvent {
  const event: Record<string, unknown> = {};
  for (const { name, type, choices } of fieldsOf(sport, kind)) {
    const value = (values[name] ?? '').trim();
    if (type === 'flag') {
      event[name] = value === 'true';
    } else if (type === 'choice') {
      const chosen = value === '' ? choices?.[0] : value;
      event[name] = name === 'points' ? Number(chosen) : chosen;
    } else if (value !== '') {
      event[name] = type === 'number' && /^-?\d+$/.test(value) ? Number(value) : value;
    }
  }
  return { ...event, kind };
}

/**
 * Which field a refusal is about: the one it names first, or the one whose value it repeats; `undefined` if it is about
 * none.
 */
export function fieldOf(
  error: unknown,
  names: readonly string[],
  values: Readonly<Record<string, string>>,
): string | undefined {
  if (!(error instanceof CarillonError)) {
    return undefined;
  }
  const [, path = ''] = /^([\w.]+)/.exec(error.message) ?? [];
  const first = path.split('.').pop() ?? '';
  if (names.includes(first)) {
    return first;
  }
  return names.find((name) => {
    const value = (values[name] ?? '').trim();
    return value.length > 1 && value !== 'home' && value !== 'away' && error.message.includes(value);
  });
}
