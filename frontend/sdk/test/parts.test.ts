import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chat } from '../src/chat.ts';
import { backgroundClock, systemClock } from '../src/clock.ts';
import { readEvents, type StreamEvent } from '../src/event-stream.ts';
import { matcher, merge } from '../src/http-link.ts';
import { Places } from '../src/places.ts';
import { clockSeconds, type MatchClock } from '../src/scores.ts';
import type { CarillonClient, HttpRequest } from '../src/types.ts';

describe('Places', () => {
  test('remember the topics that were last heard of, as many as fit into a header', () => {
    const places = new Places('/topic/*');
    for (let i = 0; i < 400; i++) {
      places.take(`/topic/${i}`, `e${i}-1`, false);
    }
    places.take('/topic/0', 'e0-2', false);
    const named = places.toString().split(',');
    expect(named).toHaveLength(300);
    expect(named.at(-1)).toBe('e0-2');
    // What the service starts over for lack of a name is known here all the same.
    expect(places.take('/topic/1', 'e1-1', false).isNew).toBe(false);
  });

  test('notice messages that are missing without a word', () => {
    const places = new Places('/topic/a');
    places.confirm('e-3', undefined);
    expect(places.take('/topic/a', 'e-6', false).gap).toMatchObject({ from: 'e-4', to: 'e-5', reason: 'unknown' });
  });

  test('notice that a topic starts over on a live connection', () => {
    const places = new Places('/topic/*');
    places.take('/topic/a', 'old-1', false);
    expect(places.take('/topic/a', 'new-1', false)).toMatchObject({
      isNew: true,
      gap: { from: 'old-2', reason: 'restarted' },
    });
    expect(places.toString()).toBe('new-1');
  });

  test('report what a topic lost that appeared while nobody looked', () => {
    const places = new Places('/topic/*');
    places.begin('a-5');
    expect(places.confirm('a-5,b-7', false)).toMatchObject([{ from: 'b-1', to: 'b-7', reason: 'expired' }]);
    expect(places.confirm('a-5,b-7', true)).toEqual([]);
  });
});

describe('Positions of several subscriptions', () => {
  test('merge to those of the one that is behind', () => {
    expect(merge(['a-5', '', 'a-3,b-1'])).toBe('a-3,b-1');
  });

  test('are cut to what fits into an address, single topics last', () => {
    const many = Array.from({ length: 2000 }, (_, i) => `epoch${i}-1`).join(',');
    const merged = merge(['single-9', many]);
    expect(merged.length).toBeLessThanOrEqual(8000);
    expect(merged.endsWith(',single-9')).toBe(true);
  });
});

test.each([
  ['/topic/a.b', '/topic/a.b', true],
  ['/topic/a.b', '/topic/axb', false],
  ['/topic/a.*', '/topic/a.b', true],
  ['/topic/a.*', '/topic/a.b.c', false],
  ['/topic/a.**', '/topic/a.b.c', true],
  ['/topic/a.**', '/topic/b.a', false],
  ['/user/queue/chat', '/user/alice/queue/chat', true],
  ['/user/queue/chat', '/user/alice/queue/chats', false],
])('%s covers %s: %s', (destination, topic, covers) => {
  expect(matcher(destination)(topic)).toBe(covers);
});

test('Events are read however their bytes are cut', async () => {
  const text = ':\n\nid: 1\ndata: {"a":\r\ndata: "ü"}\r\n\r\nevent: closed\ndata:x\n\nretry: 5\n\n';
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size < bytes.length; size++) {
    const events: StreamEvent[] = [];
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let i = 0; i < bytes.length; i += size) {
          controller.enqueue(bytes.slice(i, i + size));
        }
        controller.close();
      },
    });
    await readEvents(body, (event) => event !== undefined && events.push(event));
    expect(events).toEqual([
      { type: 'message', id: '1', data: '{"a":\n"ü"}' },
      { type: 'closed', id: undefined, data: 'x' },
    ]);
  }
});

test.each([
  { what: 'comes', comes: true },
  { what: 'does not come', comes: false },
])('The end of a response that $what after the last event holds nobody up', async ({ comes }) => {
  vi.useFakeTimers();
  try {
    let cancelled = false;
    let end = (): void => {};
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('event: closed\ndata: x\n\n'));
        end = () => controller.close();
      },
      cancel: () => {
        cancelled = true;
      },
    });
    await readEvents(body, () => {});
    expect(cancelled).toBe(false);
    if (comes) {
      end();
    }
    await vi.advanceTimersByTimeAsync(5000);
    expect(cancelled).toBe(!comes);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  [{ running: false, seconds: 61 }, 61],
  [{ running: true, seconds: 60 }, 80],
  [{ running: true, seconds: 60, limit: 70 }, 70],
])('The clock %j of a match shows %i', (clock, shown) => {
  const since = '2026-01-01T00:00:00Z';
  const full = { since, rate: 2, limit: 10_000, ...clock } as MatchClock;
  expect(clockSeconds(full, Date.parse(since) + 10_000)).toBe(shown);
});

describe('Timers for background tabs', () => {
  const workers: FakeWorker[] = [];

  class FakeWorker {
    onmessage: ((event: { data: number }) => void) | null = null;
    onerror: ((event: { preventDefault(): void }) => void) | null = null;
    readonly posted: number[][] = [];

    constructor() {
      workers.push(this);
    }

    postMessage(message: number[]): void {
      this.posted.push(message);
    }
  }

  beforeEach(() => {
    vi.useFakeTimers();
    workers.length = 0;
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('are those of the runtime without a page', () => {
    expect(backgroundClock()).toBe(systemClock);
  });

  test('are kept by a worker once it is there', () => {
    vi.stubGlobal('document', {});
    vi.stubGlobal('Worker', FakeWorker);
    const clock = backgroundClock();
    const rang: string[] = [];
    clock.schedule(10, () => rang.push('early'));
    vi.advanceTimersByTime(10);
    expect(rang).toEqual(['early']);
    workers[0]?.onmessage?.({ data: 0 });
    clock.schedule(10, () => rang.push('kept'));
    const stop = clock.schedule(10, () => rang.push('never'));
    stop();
    vi.advanceTimersByTime(10);
    expect(workers[0]?.posted).toEqual([[1, 10], [2, 10], [2]]);
    workers[0]?.onmessage?.({ data: 1 });
    workers[0]?.onmessage?.({ data: 2 });
    expect(rang).toEqual(['early', 'kept']);
  });

  test('go on without the worker when it fails', () => {
    vi.stubGlobal('document', {});
    vi.stubGlobal('Worker', FakeWorker);
    const clock = backgroundClock();
    const rang: string[] = [];
    workers[0]?.onmessage?.({ data: 0 });
    clock.schedule(1000, () => rang.push('in hand'));
    workers[0]?.onerror?.({ preventDefault: () => {} });
    expect(rang).toEqual(['in hand']);
    clock.schedule(10, () => rang.push('after'));
    vi.advanceTimersByTime(10);
    expect(rang).toEqual(['in hand', 'after']);
  });

  test('are those of the runtime where workers are forbidden', () => {
    vi.stubGlobal('document', {});
    vi.stubGlobal('Worker', function forbidden() {
      throw new DOMException('', 'SecurityError');
    });
    expect(backgroundClock()).toBe(systemClock);
  });
});

describe('A room', () => {
  test('is moderated by what the service offers for it', async () => {
    const asked: unknown[] = [];
    const client = {
      publish: (destination: string, body: unknown) => Promise.resolve(asked.push([destination, body])),
      http: ({ method, path, body }: HttpRequest) => Promise.resolve(asked.push([`${method} ${path}`, body])),
    } as unknown as CarillonClient;
    const room = chat(client).room('general');
    await room.mute('bob', 600);
    await room.slow(30);
    await room.putMember('a/b');
    await room.putMember('bob', 'moderator');
    await room.removeMember('a/b');
    await room.describe({ access: 'members' });
    expect(asked).toEqual([
      ['/app/chat.general.mute', { user: 'bob', seconds: 600 }],
      ['/app/chat.general.slow', { seconds: 30 }],
      ['PUT /api/rooms/general/members/a%2Fb', { rank: 'member' }],
      ['PUT /api/rooms/general/members/bob', { rank: 'moderator' }],
      ['DELETE /api/rooms/general/members/a%2Fb', undefined],
      ['PATCH /api/rooms/general', { access: 'members' }],
    ]);
  });
});
