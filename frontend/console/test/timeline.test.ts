import { CarillonError } from '@carillon/client';
import { describe, expect, test } from 'vitest';
import { type Stored, Timeline } from '../src/pages/chat/timeline.ts';

function stored(id: number, more: Partial<Stored> = {}): Stored {
  return { id, sender: 'bob', text: `text ${id}`, sentAt: 1000 * id, ...more };
}

function message(id: number, more: Partial<Stored> = {}): Stored & { readonly type: 'message' } {
  return { type: 'message', ...stored(id, more) };
}

function page(...ids: number[]): () => Promise<{ readonly messages: readonly Stored[] }> {
  return () => Promise.resolve({ messages: ids.map((id) => stored(id)) });
}

function shown(timeline: Timeline): (number | string)[] {
  return Array.from({ length: timeline.count }, (_, index) => {
    const entry = timeline.at(index);
    return entry?.id ?? `${entry?.delivery} ${entry?.text}`;
  });
}

describe('A timeline', () => {
  test('has each message once and in order, whichever ways it came', async () => {
    const timeline = new Timeline('alice');
    timeline.apply(message(7));
    timeline.apply(message(8));
    timeline.apply(message(7));
    await timeline.read(page(5, 6, 7));
    await timeline.read(page(2, 3, 4));
    await timeline.read(page(7, 8, 9));
    expect(shown(timeline)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(timeline.indexOf(5)).toBe(3);
    expect(timeline.indexOf(10)).toBe(-1);
  });

  test('shows what is sent until it is stored, and keeps its name', () => {
    const timeline = new Timeline('alice');
    timeline.apply(message(1));
    timeline.sending('k1', 'mine', undefined);
    timeline.apply(message(2));
    expect(shown(timeline)).toEqual([1, 2, 'sending mine']);
    const { name } = timeline.at(2) ?? {};
    timeline.apply(message(3, { sender: 'alice', key: 'k1' }));
    timeline.apply(message(3, { sender: 'alice', key: 'k1' }));
    expect(shown(timeline)).toEqual([1, 2, 3]);
    expect(timeline.at(2)?.name).toBe(name);
  });

  test('knows its own message again in a page that was read after a gap', async () => {
    const timeline = new Timeline('alice');
    timeline.sending('k1', 'mine', undefined);
    await timeline.read(() => Promise.resolve({ messages: [stored(1), stored(2, { sender: 'alice', key: 'k1' })] }));
    expect(shown(timeline)).toEqual([1, 2]);
  });

  test('does not take the message of somebody else for its own because of the key', () => {
    const timeline = new Timeline('alice');
    timeline.sending('k1', 'mine', undefined);
    timeline.apply(message(1, { key: 'k1' }));
    expect(shown(timeline)).toEqual([1, 'sending mine']);
  });

  test('keeps what could not be sent until it is sent again or discarded', () => {
    const timeline = new Timeline('alice');
    timeline.sending('k1', 'one', undefined);
    timeline.sending('k2', 'two', undefined);
    timeline.failed('k1', new CarillonError('rate-limited', 'Slow mode'));
    timeline.failed('k2', new CarillonError('timeout', 'No answer'));
    expect(shown(timeline)).toEqual(['failed one', 'failed two']);
    timeline.sending('k2', 'two', undefined);
    timeline.discard('k1');
    expect(shown(timeline)).toEqual(['sending two']);
  });

  test('takes what happens while a page is read for newer than the page', async () => {
    const timeline = new Timeline('alice');
    await timeline.read(() => {
      timeline.apply({ type: 'edited', ...stored(2, { text: 'new', editedAt: 5 }) });
      timeline.apply({ type: 'deleted', id: 3, sender: 'bob', sentAt: 3000, deletedAt: 6 });
      const reaction = {
        type: 'reaction',
        id: 1,
        by: 'alice',
        emoji: '👍',
        action: 'add',
        reactions: { '👍': 2 },
      } as const;
      timeline.apply(reaction);
      timeline.apply(message(4));
      return Promise.resolve({ messages: [stored(1), stored(2, { text: 'old' }), stored(3)] });
    });
    expect(shown(timeline)).toEqual([1, 2, 3, 4]);
    expect(timeline.byId(1)).toMatchObject({ reactions: { '👍': 2 }, mine: ['👍'] });
    expect(timeline.byId(2)).toMatchObject({ text: 'new', editedAt: 5 });
    expect(timeline.byId(3)).toMatchObject({ deletedAt: 6 });
    expect(timeline.byId(3)?.text).toBeUndefined();
  });

  test('leaves out what is older than what it has, because there may be more between', async () => {
    const timeline = new Timeline('alice');
    await timeline.read(page(10, 11));
    timeline.apply(message(4));
    expect(shown(timeline)).toEqual([10, 11]);
  });

  test('keeps reactions when a message is edited, and forgets one that was taken back', () => {
    const timeline = new Timeline('alice');
    timeline.apply(message(1));
    const reaction = {
      type: 'reaction',
      id: 1,
      by: 'alice',
      emoji: '🎉',
      action: 'add',
      reactions: { '🎉': 1 },
    } as const;
    timeline.apply(reaction);
    timeline.apply({ type: 'edited', ...stored(1, { text: 'new' }) });
    expect(timeline.byId(1)).toMatchObject({ text: 'new', reactions: { '🎉': 1 }, mine: ['🎉'] });
    timeline.apply({ ...reaction, action: 'remove', reactions: { '🎉': 0 } });
    expect(timeline.byId(1)?.mine).toEqual([]);
  });

  test('forgets the oldest and can read them again', async () => {
    const timeline = new Timeline('alice');
    await timeline.read(page(1, 2, 3, 4, 5));
    timeline.hasOlder = false;
    timeline.keep(2);
    expect(shown(timeline)).toEqual([4, 5]);
    expect(timeline.hasOlder).toBe(true);
    expect(timeline.oldest).toBe(4);
  });

  test('holds fifty thousand messages and finds each', async () => {
    const timeline = new Timeline('alice');
    const all = Array.from({ length: 50_000 }, (_, index) => index + 1);
    for (let end = all.length; end > 0; end -= 200) {
      await timeline.read(page(...all.slice(Math.max(0, end - 200), end)));
    }
    expect(timeline.count).toBe(50_000);
    expect(all.every((id) => timeline.indexOf(id) === id - 1)).toBe(true);
    timeline.apply(message(50_001));
    expect(timeline.newest).toBe(50_001);
  });

  test('names the last own message that may be edited', () => {
    const timeline = new Timeline('alice');
    timeline.apply(message(1, { sender: 'alice' }));
    timeline.apply(message(2, { sender: 'alice' }));
    timeline.apply(message(3));
    timeline.apply({ type: 'deleted', id: 2, sender: 'alice', sentAt: 2000, deletedAt: 9 });
    expect(timeline.lastOwn()?.id).toBe(1);
  });

  test('names no older message while the last one is on its way', () => {
    const timeline = new Timeline('alice');
    timeline.apply(message(1, { sender: 'alice' }));
    timeline.sending('k', 'hello', undefined);
    expect(timeline.lastOwn()).toBeUndefined();
    timeline.apply(message(2, { sender: 'alice', key: 'k' }));
    expect(timeline.lastOwn()?.id).toBe(2);
  });
});
