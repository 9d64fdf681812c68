import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../src/client.ts';
import { ClockOffset } from '../src/latency.ts';
import type { ClientOptions, TransportName } from '../src/types.ts';
import type { FakeServer } from './support/fake-server.ts';
import { pass, scene, settle } from './support/harness.ts';

const TOPIC = '/topic/stocks.AAPL';

/** By how much the clock of the service is ahead, in milliseconds. */
const AHEAD = 90_000;

interface Delay {
  readonly destination: string;
  readonly millis: number;
}

/** The delays of each report, whatever way it came. */
function reports({ frames, requests }: FakeServer): readonly Delay[][] {
  const sent = frames.filter(({ command, headers }) => command === 'SEND' && headers['destination'] === '/app/latency');
  const posted = requests
    .filter(({ path }) => path === '/api/publish')
    .flatMap(({ body }) => JSON.parse(body) as { destination: string; body: string }[])
    .filter(({ destination }) => destination === '/app/latency');
  return [...sent, ...posted].map(({ body }) => (JSON.parse(body) as { delays: Delay[] }).delays);
}

function questions({ requests }: FakeServer): number {
  return requests.filter(({ path }) => path === '/api/echo').length;
}

describe('Reports of latency', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  /** A client that reports all it receives, once a second, to a service whose clock is ahead. */
  async function reporting(options: ClientOptions = {}, destination = TOPIC) {
    const it = scene({ latency: { share: 1, every: 1000 }, backoff: { base: 10 }, ...options });
    it.server.now = () => Date.now() + AHEAD;
    void it.client.connect();
    await settle();
    void it.client.subscribe(destination, () => {}, { replay: 1 });
    await pass(10);
    return it;
  }

  test('name the destination and the delay, whatever the clocks show', async () => {
    const { server } = await reporting();
    server.up = 20;
    server.down = 20;
    server.publish(TOPIC, 'nobody else is to know this');
    await pass(2000);
    expect(reports(server)).toEqual([[{ destination: TOPIC, millis: 20 }]]);
    const sent = server.frames.at(-1);
    expect(sent?.headers).toMatchObject({ destination: '/app/latency', 'content-type': 'application/json' });
    expect(sent?.body).not.toContain('nobody');
    expect(questions(server)).toBe(4);
  });

  test.each([
    { up: 10, down: 70 },
    { up: 70, down: 10 },
  ])('are wrong by less than half of a round trip of $up and $down ms', async ({ up, down }) => {
    const { server } = await reporting();
    // So long that nobody takes the message for one that waited.
    await pass(500);
    server.up = up;
    server.down = down;
    server.publish(TOPIC, 'x');
    await pass(2000);
    // Half way between question and answer is where the clock is looked for.
    expect(reports(server)).toEqual([[{ destination: TOPIC, millis: (up + down) / 2 }]]);
  });

  test.each<TransportName>(['sockjs', 'sse', 'long-poll'])('go over %s', async (transport) => {
    const { server, client } = await reporting({ transports: [transport] });
    await pass(100);
    expect(client.transport).toBe(transport);
    server.publish(TOPIC, 'x');
    await pass(1500);
    expect(reports(server)).toEqual([[{ destination: TOPIC, millis: 0 }]]);
    expect(server.requests.some(({ path }) => path === '/api/publish')).toBe(transport !== 'sockjs');
  });

  test('are not sent by default, and nobody asks for the time', async () => {
    const { server, client } = scene();
    void client.connect();
    await settle();
    void client.subscribe(TOPIC, () => {});
    await settle();
    server.publish(TOPIC, 'x');
    await pass(60_000);
    expect(reports(server)).toEqual([]);
    expect(questions(server)).toBe(0);
  });

  test('are of the share of messages that was asked for', async () => {
    let picked = 0;
    // Each message asks for a number; every fourth is below a quarter.
    const random = (): number => (picked++ % 4) / 4;
    const { server } = await reporting({ latency: { share: 0.25, every: 1000 }, environment: { random } });
    for (let i = 0; i < 40; i++) {
      server.publish(TOPIC, 'x');
    }
    await pass(2000);
    expect(reports(server).map((delays) => delays.length)).toEqual([10]);
  });

  test('are bounded, and nothing is sent when there is nothing to say', async () => {
    const { server } = await reporting();
    for (let i = 0; i < 500; i++) {
      server.publish(TOPIC, 'x');
    }
    await pass(5000);
    expect(reports(server).map((delays) => delays.length)).toEqual([20]);
  });

  test('leave out what waited in the log for its subscriber', async () => {
    const { server, client } = scene({ latency: { share: 1, every: 1000 }, backoff: { base: 10 } });
    server.now = () => Date.now() + AHEAD;
    server.publish(TOPIC, 'old');
    await pass(5000);
    void client.connect();
    await settle();
    const bodies: unknown[] = [];
    void client.subscribe(TOPIC, ({ body }) => bodies.push(body), { replay: 1 });
    await pass(2000);
    expect(bodies).toEqual(['old']);
    expect(reports(server)).toEqual([]);

    server.websocket = 'refused';
    server.lose();
    server.publish(TOPIC, 'in the tunnel');
    await pass(500);
    server.websocket = 'fine';
    await pass(1000);
    server.publish(TOPIC, 'news');
    await pass(2000);
    expect(bodies).toEqual(['old', 'in the tunnel', 'news']);
    expect(reports(server)).toEqual([[{ destination: TOPIC, millis: 0 }]]);
  });

  test.each(['/user/queue/letters', '/queue/work'])('never are of %s', async (destination) => {
    const { server } = await reporting({}, destination);
    server.publish(destination, 'x');
    await pass(5000);
    expect(reports(server)).toEqual([]);
    expect(questions(server)).toBe(0);
  });

  test('are not made while nobody looks', async () => {
    let isVisible = false;
    const page = { isVisible: () => isVisible, watch: () => () => {} };
    const { server } = await reporting({ environment: { page } });
    server.publish(TOPIC, 'unseen');
    await pass(1500);
    isVisible = true;
    await pass(1500);
    server.publish(TOPIC, 'seen');
    isVisible = false;
    await pass(1500);
    expect(questions(server)).toBe(0);
    isVisible = true;
    server.publish(TOPIC, 'seen');
    await pass(1500);
    expect(reports(server)).toHaveLength(1);
  });

  test('are not made of what a machine slept through', async () => {
    const { server } = await reporting();
    server.publish(TOPIC, 'x');
    vi.setSystemTime(Date.now() + 60_000);
    await pass(1500);
    expect(reports(server)).toEqual([]);
  });

  test('are dropped when a clock was set, and go on by the new time', async () => {
    const { server } = await reporting();
    server.publish(TOPIC, 'x');
    await pass(1500);
    server.now = () => Date.now() + AHEAD + 3_600_000;
    server.publish(TOPIC, 'x');
    await pass(1000);
    expect(reports(server)).toHaveLength(1);
    server.publish(TOPIC, 'x');
    await pass(1000);
    expect(reports(server)).toEqual([[{ destination: TOPIC, millis: 0 }], [{ destination: TOPIC, millis: 0 }]]);
  });

  test('leave out what was published by a clock that is ahead of the one that answers', async () => {
    const { server } = await reporting();
    const { now } = server;
    server.now = () => now() + 5000;
    server.publish(TOPIC, 'x');
    server.now = now;
    await pass(2000);
    expect(reports(server)).toEqual([]);
  });

  test.each<TransportName>(['websocket', 'sse'])(
    'end with the connection where the service takes none, over %s',
    async (transport) => {
      const { server, told } = await reporting({ transports: [transport] });
      server.refused.set('/app/latency', 'unknown-destination');
      for (let i = 0; i < 5; i++) {
        server.publish(TOPIC, 'x');
        await pass(1500);
      }
      expect(reports(server)).toHaveLength(1);
      expect(told.error).toEqual([]);
      server.refused.clear();
      server.lose();
      await pass(100);
      server.publish(TOPIC, 'x');
      await pass(1500);
      expect(reports(server)).toHaveLength(2);
    },
  );

  test('go on after one was refused', async () => {
    const { server, told, client } = await reporting();
    server.refused.set('/app/latency', 'rate-limited');
    server.publish(TOPIC, 'x');
    await pass(1500);
    server.refused.clear();
    server.publish(TOPIC, 'x');
    await pass(1500);
    expect(reports(server)).toHaveLength(2);
    expect(told.error).toEqual([]);
    expect(client.state).toBe('connected');
  });

  test('go on when the clocks could not be compared', async () => {
    const { server, client } = await reporting();
    server.http = 'refused';
    server.publish(TOPIC, 'x');
    await pass(1500);
    server.http = 'fine';
    server.publish(TOPIC, 'x');
    await pass(1500);
    expect(reports(server)).toHaveLength(1);
    expect(client.state).toBe('connected');
  });

  test('end with the client', async () => {
    const { server, client } = await reporting();
    server.publish(TOPIC, 'x');
    const closed = client.close();
    await pass(5000);
    await closed;
    expect(reports(server)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([{ share: 0 }, { share: 1.1 }, { share: NaN }, { every: 999 }, { every: Infinity }])(
    'cannot be had with %j',
    (latency) => {
      const [name = ''] = Object.keys(latency);
      expect(() => createClient({ url: 'http://service.test', latency })).toThrow(`latency.${name}`);
    },
  );
});

describe('The offset of two clocks', () => {
  test('is unknown before the first comparison', () => {
    const offset = new ClockOffset();
    expect(offset.isKnown).toBe(false);
    expect(offset.at(0).doubt).toBe(Infinity);
  });

  test('is that of the shortest round trip', () => {
    const offset = new ClockOffset();
    offset.compare(1000, 6900, 2000);
    offset.compare(2000, 7010, 2020);
    offset.compare(3000, 8100, 3600);
    expect(offset.at(3600).ahead).toBe(5000);
    expect(offset.at(2020).doubt).toBe(10);
  });

  test.each([0, 1, 25, 50, 99, 100])(
    'is wrong by no more than the doubt when the way there takes %i of 100 ms',
    (up) => {
      const offset = new ClockOffset();
      offset.compare(0, 5000 + up, 100);
      const { ahead, doubt } = offset.at(100);
      expect(doubt).toBe(50);
      expect(Math.abs(ahead - 5000)).toBeLessThanOrEqual(doubt);
    },
  );

  test('follows clocks that drift apart', () => {
    const offset = new ClockOffset();
    // 50 millionths, for a day, a comparison each minute; now and then a very short one.
    for (let now = 0; now <= 86_400_000; now += 60_000) {
      const took = now % 3_600_000 === 0 ? 2 : 40;
      const ahead = now * 5e-5;
      expect(offset.compare(now - took, now - took / 2 + ahead, now)).toBe(true);
      expect(Math.abs(offset.at(now).ahead - ahead)).toBeLessThanOrEqual(offset.at(now).doubt);
    }
    expect(offset.at(86_400_000).doubt).toBeLessThan(20);
  });

  test('begins anew when a clock was set', () => {
    const offset = new ClockOffset();
    expect(offset.compare(0, 5010, 20)).toBe(true);
    expect(offset.compare(1000, 66_010, 1020)).toBe(false);
    expect(offset.at(1020).ahead).toBe(65_000);
    expect(offset.compare(2000, 67_010, 2020)).toBe(true);
  });

  test('is unknown after an answer that came before its question', () => {
    const offset = new ClockOffset();
    offset.compare(0, 5010, 20);
    expect(offset.compare(1000, 6010, 500)).toBe(false);
    expect(offset.isKnown).toBe(false);
  });
});
