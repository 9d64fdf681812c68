import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lane, type Listener, type Surroundings, type Task, type Transport } from '../../src/pages/lab/lane.ts';
import { polling } from '../../src/pages/lab/transports.ts';

/** A connection of a transport that does what the test says. */
interface Attempt {
  readonly task: Task;
  readonly listener: Listener;
  readonly end: () => void;
  readonly fail: (reason: string) => void;
}

const SEEN = { line: '', headers: [], others: 0, size: 100 };

let attempts: Attempt[];

const scripted: Transport = (task, listener) =>
  new Promise((resolve, reject) => {
    attempts.push({ task, listener, end: resolve, fail: (reason) => reject(new Error(reason)) });
    task.signal.addEventListener('abort', () => reject(new Error('aborted')));
  });

function attempt(index: number): Attempt {
  const found = attempts[index];
  if (found === undefined) {
    throw new Error(`There was no attempt ${index}`);
  }
  return found;
}

function surroundings(changes: Partial<Surroundings> = {}): Surroundings {
  return {
    origin: 'http://here',
    fetch: () => Promise.reject(new Error('no network')),
    webSocket: () => {
      throw new Error('no network');
    },
    now: () => Date.now(),
    offset: () => 1000,
    heads: () => ({ request: SEEN, handshake: undefined, trips: [] }),
    ...changes,
  };
}

beforeEach(() => {
  attempts = [];
  vi.useFakeTimers({ now: 50_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

test('a lane measures the delay by the clock of the service', () => {
  const lane = new Lane(scripted, surroundings());
  lane.start('/topic/a', () => 1000);
  expect(lane.view.state).toBe('connecting');
  const { listener } = attempt(0);
  listener.placed('e-4', undefined);
  expect(lane.view.state).toBe('running');
  listener.arrived({ position: 'e-5', publishedAt: 50_999, size: 7 });
  vi.setSystemTime(50_100);
  listener.arrived({ position: 'e-6', publishedAt: 51_030, size: 7 });
  expect(lane.meter.delays).toEqual([70]);
  expect(lane.view.cost.useful).toBe(14);
  lane.stop();
  expect(lane.view.state).toBe('stopped');
});

test('a cut lane stays away, comes back where it was, and hears nothing from before', async () => {
  const lane = new Lane(scripted, surroundings());
  lane.start('/topic/a', () => 1000);
  const first = attempt(0);
  first.listener.placed('e-4', undefined);
  first.listener.arrived({ position: 'e-5', publishedAt: 51_000, size: 7 });
  lane.cut(3000);
  await vi.advanceTimersByTimeAsync(0);
  expect(first.task.signal.aborted).toBe(true);
  expect(lane.view).toMatchObject({ state: 'away', backAt: 53_000, trouble: undefined });
  first.listener.arrived({ position: 'e-6', publishedAt: 51_000, size: 7 });
  expect(lane.view.received).toBe(1);
  await vi.advanceTimersByTimeAsync(2999);
  expect(attempts).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  const second = attempt(1);
  expect(second.task.after).toBe('e-5');
  second.listener.placed('e-5', true);
  second.listener.arrived({ position: 'e-6', publishedAt: 52_000, size: 7 });
  expect(lane.view.recovery).toMatchObject({ recovered: true, replayed: 1, missed: 0, away: 3000 });
  lane.stop();
});

test('a lane that fails tells why and tries again', async () => {
  const lane = new Lane(scripted, surroundings());
  lane.start('/topic/a', () => 1000);
  attempt(0).fail('heart-beat missed');
  await vi.advanceTimersByTimeAsync(0);
  expect(lane.view).toMatchObject({ state: 'away', trouble: 'heart-beat missed' });
  await vi.advanceTimersByTimeAsync(2000);
  expect(attempts).toHaveLength(2);
  attempt(1).listener.placed('e-1', undefined);
  expect(lane.view.trouble).toBeUndefined();
  lane.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempts).toHaveLength(2);
});

test('a lane that was stopped begins anew', async () => {
  const lane = new Lane(scripted, surroundings());
  lane.start('/topic/a', () => 1000);
  attempt(0).listener.placed('e-4', undefined);
  attempt(0).listener.spent({ requests: 1 });
  lane.stop();
  await vi.advanceTimersByTimeAsync(0);
  lane.start('/topic/a', () => 1000);
  expect(lane.view).toMatchObject({ state: 'connecting', position: undefined, cost: { requests: 0 } });
  expect(attempt(1).task.after).toBeUndefined();
  lane.stop();
});

test('polling asks from where it stands, at intervals, and counts heads and payload', async () => {
  const asked: string[] = [];
  const pages = [
    { messages: [{ position: 'e-1', publishedAt: 50_500, body: '汉' }], next: 'e-1' },
    { messages: [], next: 'e-1', recovered: true },
  ];
  const fetch = (url: unknown): Promise<Response> => {
    asked.push(url as string);
    return Promise.resolve(new Response(JSON.stringify(pages[Math.min(asked.length, 2) - 1])));
  };
  const lane = new Lane(polling, surroundings({ fetch }));
  lane.start('/topic/a', () => 1000);
  await vi.advanceTimersByTimeAsync(0);
  expect(lane.view.state).toBe('running');
  expect(lane.view.position).toBe('e-1');
  expect(lane.view.doubled).toBe(0);
  expect(lane.view.cost.useful).toBe(3);
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked.map((url) => new URL(url).searchParams.get('after'))).toEqual([null, 'e-1', 'e-1']);
  const sizes = [pages[0], pages[1], pages[1]].map((page) => new TextEncoder().encode(JSON.stringify(page)).length);
  expect(lane.view.cost.payloadIn).toBe(sizes.reduce((sum, size) => sum + size, 0));
  expect(lane.view.cost.requests).toBe(3);
  lane.stop();
});

test('a refusal is told in the words of the service', async () => {
  const problem = JSON.stringify({ code: 'access-denied', detail: 'Not for you' });
  const fetch = (): Promise<Response> => Promise.resolve(new Response(problem, { status: 403 }));
  const lane = new Lane(polling, surroundings({ fetch }));
  lane.start('/topic/a', () => 1000);
  await vi.advanceTimersByTimeAsync(0);
  expect(lane.view).toMatchObject({ state: 'away', trouble: 'Not for you' });
  lane.stop();
});
