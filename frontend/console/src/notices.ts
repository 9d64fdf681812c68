import type { CarillonClient, Message } from '@carillon/client';
import { signal } from '@preact/signals';
import { recall, remember } from './storage.ts';

/** What operators tell everybody. */
export interface Notice {
  /** Each topic has one notice, the newest. */
  readonly topic: string;
  readonly position: string;
  readonly text: string;

  /** In milliseconds since 1970. */
  readonly at: number;
}

const TOPICS = '/topic/notices.*';

/** For how long somebody who comes later is shown a notice, in milliseconds. */
const LIFE = 24 * 3_600_000;

/** How many are shown, the newest. */
const MOST = 3;

/** How many that were dismissed are remembered. */
const MEMORY = 30;

const DISMISSED = 'notices.dismissed';

/** The notices that nobody has dismissed here, the newest first. */
export const notices = signal<readonly Notice[]>([]);

/** Follows what operators say; the returned function ends that. Where there are no notices, none are shown. */
export function followNotices(client: CarillonClient): () => void {
  const stop = new AbortController();
  notices.value = [];
  const hear = (message: Message): void => {
    notices.value = withNotice(notices.peek(), message, Date.now());
  };
  client.subscribe(TOPICS, hear, { signal: stop.signal }).catch(() => undefined);
  return () => stop.abort();
}

/** The notices after a message: it takes the place of an earlier one of its topic, and one without a text only ends that. */
export function withNotice(
  known: readonly Notice[],
  { destination: topic, position = '', publishedAt: at, body }: Message,
  now: number,
): readonly Notice[] {
  const others = known.filter((one) => one.topic !== topic);
  const text = textOf(body);
  if (text === '' || now - at > LIFE || dismissed().includes(position)) {
    return others;
  }
  return [...others, { topic, position, text, at }].sort((a, b) => b.at - a.at).slice(0, MOST);
}

/** Shows a notice no more in this browser. */
export function dismissNotice({ topic, position }: Notice): void {
  remember(DISMISSED, JSON.stringify([...dismissed(), position].slice(-MEMORY)));
  notices.value = notices.peek().filter((one) => one.topic !== topic);
}

function dismissed(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(recall(DISMISSED) ?? '[]');
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

/** A notice is a text, or JSON with the field `text`. */
function textOf(body: unknown): string {
  const text = typeof body === 'object' && body !== null && 'text' in body ? body.text : body;
  return typeof text === 'string' ? text.trim() : '';
}
