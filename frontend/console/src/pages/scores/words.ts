import type { MatchState, MatchStatus, Side, TimelineEntry } from '@carillon/client';
import { t } from './messages.ts';

type Key = Parameters<typeof t>[0];

/** A key that is made of a word of the service, or nothing if the service has learnt a new word. */
function known(key: string): Key | undefined {
  return key in t.en ? (key as Key) : undefined;
}

/** A part of a match, in words. */
export function periodText(period: string): string {
  const [, prefix = '', number = ''] = /^(q|ot|set-)(\d+)$/.exec(period) ?? [];
  const names: Readonly<Record<string, Key>> = { q: 'period.quarter', ot: 'period.overtime', 'set-': 'period.set' };
  const name = names[prefix];
  if (name !== undefined) {
    return t(name, { number });
  }
  const key = known(`period.${period}`);
  return key === undefined ? period : t(key);
}

/** Where a match is, in words. */
export function statusText(status: MatchStatus, period: string): string {
  return status === 'live' ? periodText(period) : t(`status.${status}`, { period: periodText(period) });
}

/** What happened, and what more is known of it. */
export function eventText({ event }: TimelineEntry, fixture: MatchState['fixture']): readonly [string, string] {
  const text = (name: string): string => (typeof event[name] === 'string' ? event[name] : '');
  const side = text('team') === '' ? text('server') : text('team');
  const team = side === 'home' || side === 'away' ? fixture[side satisfies Side] : '';
  const more = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
  const how = (name: string, usual: string): string => {
    const value = text(name);
    const key = known(`how.${value}`);
    return value === usual || value === '' ? '' : key === undefined ? value : t(key);
  };
  switch (event.kind) {
    case 'goal':
      return [t('event.goal', { team }), more(text('player'), how('how', 'open-play'))];
    case 'card': {
      const key = known(`event.card.${text('color')}`) ?? 'event.card';
      return [t(key, { team }), text('player')];
    }
    case 'substitution':
      return [t('event.substitution', { team, on: text('on'), off: text('off') }), ''];
    case 'added-time':
      return [t('event.added-time', { count: Number(event['minutes']) }), ''];
    case 'shoot-out-kick':
      return [t(event['scored'] === true ? 'event.kick.scored' : 'event.kick.missed', { team }), text('player')];
    case 'basket':
      return [t('event.basket', { team, count: Number(event['points']) }), text('player')];
    case 'foul':
      return [t('event.foul', { team }), more(text('player'), how('severity', 'personal'))];
    case 'point':
      return [t('event.point', { team }), how('how', 'rally')];
    default: {
      const key = known(`event.${event.kind}`);
      return [key === undefined ? event.kind : t(key, { team }), text('reason')];
    }
  }
}

/** A short sign for an event. */
export function eventSign({ event }: TimelineEntry): string {
  const signs: Readonly<Record<string, string>> = {
    goal: '●',
    'shoot-out-kick': event['scored'] === true ? '●' : '○',
    card: '▮',
    substitution: '⇄',
    basket: typeof event['points'] === 'number' ? String(event['points']) : '·',
    foul: '!',
    point: event['how'] === 'ace' ? 'A' : '·',
    timeout: '‖',
    'clock-stop': '‖',
    'clock-start': '▸',
    'period-start': '▸',
    'match-start': '▸',
    'period-end': '■',
    retirement: '■',
    abandoned: '■',
    'added-time': '+',
  };
  return signs[event.kind] ?? '·';
}
