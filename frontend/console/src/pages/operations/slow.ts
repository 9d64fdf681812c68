import type { SessionSummary, TopicSummary } from './api.ts';

/** How far behind a session may be before it is called slow, in entries. */
const SLOW_LAG = 50;

/** How long a write may take before a session is called slow, in milliseconds. */
const SLOW_WRITE = 1000;

/** An ISO 8601 duration of days and smaller units, in milliseconds. */
export function durationMillis(text: string): number {
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
}

/** Whether a session does not keep up. */
export function isSlow({ lag, writing }: SessionSummary): boolean {
  return lag >= SLOW_LAG || (writing !== undefined && durationMillis(writing) >= SLOW_WRITE);
}

/** The slow ones first, those that are most behind before the others. */
export function bySlowness(sessions: readonly SessionSummary[]): readonly SessionSummary[] {
  return [...sessions].sort((a, b) => Number(isSlow(b)) - Number(isSlow(a)) || b.lag - a.lag);
}

/** How a topic's slowest subscriber does. */
export interface Behind {
  /** How many entries it has not been served. */
  readonly entries: number;

  /** Whether some of them are gone already, so that it will skip. */
  readonly willSkip: boolean;
}

export function behind({ head, tail, slowest }: TopicSummary): Behind | undefined {
  if (slowest === undefined) {
    return undefined;
  }
  return { entries: Math.max(0, offsetOf(head) - slowest), willSkip: slowest + 1 < tail };
}

/** How many entries a topic's log holds. */
export function held({ head, tail }: TopicSummary): number {
  return Math.max(0, offsetOf(head) - tail + 1);
}

function offsetOf(position: string): number {
  return Number(position.slice(position.lastIndexOf('-') + 1));
}
