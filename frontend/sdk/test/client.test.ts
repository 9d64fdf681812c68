import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CarillonError } from '../src/errors.ts';
import type { Gap, PageSignals, SubscriptionState, TransportName } from '../src/types.ts';
import { keeper, pass, scene, settle } from './support/harness.ts';

const TOPIC = '/topic/stocks.AAPL';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Connects and subscribes. */
async function followed(options: Parameters<typeof scene>[0] = {}, destination = TOPIC) {
  const it = scene(options);
  void it.client.connect();
  await settle();
  const kept = keeper();
  const subscribed = it.client.subscribe(destination, kept.handler);
  await settle();
  return { ...it, ...kept, subscription: await subscribed };
}

describe('A connection', () => {
  test('goes from disconnected over connecting to connected, and tells who we are', async () => {
    const { client, told } = scene();
    expect(client.state).toBe('disconnected');
    const connected = client.connect();
    expect(client.state).toBe('connecting');
    await settle();
    await connected;
    expect(client.state).toBe('connected');
    expect(client.transport).toBe('websocket');
    expect(client.user).toBe('guest-1');
    expect(told.session).toEqual([{ user: 'guest-1', guest: true, transport: 'websocket', session: 'abc' }]);
    expect(told.state.map(({ state }) => state)).toEqual(['connecting', 'connected']);
  });

  test('asks for batches and soft errors, and for batches only if they are wanted', async () => {
    const { client, server } = scene({ batch: false });
    void client.connect();
    await settle();
    expect(server.frames[0]?.headers).toMatchObject({ 'soft-errors': 'true', 'heart-beat': '10000,10000' });
    expect(server.frames[0]?.headers).not.toHaveProperty('batch');
    const other = scene();
    void other.client.connect();
    await settle();
    expect(other.server.frames[0]?.headers).toMatchObject({ batch: 'true' });
  });

  test('may be asked for twice and is made once', async () => {
    const { client, server } = scene();
    const both = [client.connect(), client.connect()];
    await settle();
    await Promise.all(both);
    await client.connect();
    expect(server.sockets).toHaveLength(1);
  });

  test('says goodbye, and is forgotten', async () => {
    const { client, server, subscription, told } = await followed();
    const closed = client.close();
    await settle();
    await closed;
    expect(server.frames.at(-1)?.command).toBe('DISCONNECT');
    expect(client.state).toBe('disconnected');
    expect(subscription.state).toBe('unsubscribed');
    await pass(60_000);
    expect(server.sockets).toHaveLength(1);
    expect(told.close).toEqual([]);
  });

  test('is made again after a cut, with a random wait whose bound doubles', async () => {
    const { client, server, told } = scene({ backoff: { base: 100, cap: 350 } });
    void client.connect();
    await settle();
    server.websocket = 'refused';
    server.lose();
    await pass(2000);
    // Half of the bound each time: the fake random number is 0.5.
    expect(told.close.slice(0, 5).map(({ retryIn }) => retryIn)).toEqual([50, 100, 175, 175, 175]);
    expect(client.state).toBe('connecting');
    server.websocket = 'fine';
    await pass(200);
    expect(client.state).toBe('connected');
  });

  test('begins with the first wait again when a connection has lasted', async () => {
    const { client, server, told } = scene({ backoff: { base: 100, cap: 10_000, settled: 5000 } });
    void client.connect();
    await settle();
    for (let i = 0; i < 3; i++) {
      server.lose();
      await pass(1000);
    }
    await pass(5000);
    server.lose();
    await pass(1000);
    expect(told.close.map(({ retryIn }) => retryIn)).toEqual([50, 100, 200, 50]);
  });

  test.each([
    { code: 1001, reason: 'going away', wait: 2050 },
    { code: 1012, reason: 'restart', wait: 2050 },
    { code: 1012, reason: 'restart; retry-after=7000', wait: 7050 },
    { code: 1013, reason: 'try again later; retry-after=0', wait: 50 },
    { code: 4000, reason: 'slow consumer', wait: 50 },
    { code: 4007, reason: 'closed by an operator', wait: 2050 },
    { code: 1006, reason: '', wait: 50 },
  ])('comes back after $code "$reason" in $wait ms', async ({ code, reason, wait }) => {
    const { client, server, told } = scene({ backoff: { base: 100 } });
    void client.connect();
    await settle();
    server.socket.end(code, reason);
    await settle();
    expect(told.close).toMatchObject([{ code, retryIn: wait }]);
    await pass(wait - 2);
    expect(client.state).toBe('connecting');
    await pass(2);
    expect(client.state).toBe('connected');
  });

  test.each([1000, 1002, 1007, 1008, 1009, 4004, 4005, 4006, 4008])('does not come back after %i', async (code) => {
    const { client, server, told, subscription } = await followed();
    server.socket.end(code, 'so it is');
    await pass(120_000);
    expect(client.state).toBe('disconnected');
    expect(told.close).toMatchObject([{ code, retryIn: undefined, reconnect: 'no' }]);
    expect(told.error).toHaveLength(1);
    expect(server.sockets).toHaveLength(1);
    expect(subscription.state).toBe('unsubscribed');
    // A person may try again, and everything goes on.
    void client.connect();
    await settle();
    expect(subscription.state).toBe('subscribed');
  });

  test('is rejected with the words of the service', async () => {
    const { client, server } = scene({ credentials: { login: 'alice', passcode: 'wrong' } });
    server.onConnect = (_, socket) => {
      socket.refuse('login-failed', 4004, 'login failed');
      return false;
    };
    const connected = client.connect();
    await settle();
    await expect(connected).rejects.toMatchObject({ name: 'CarillonError', code: 'login-failed' });
    expect(server.frames[0]?.headers).toMatchObject({ login: 'alice', passcode: 'wrong' });
  });

  test('gives up an attempt that hangs, and tries again', async () => {
    const { client, server } = scene({ connectTimeout: 3000, backoff: { base: 100 } });
    server.websocket = 'silent';
    void client.connect();
    await pass(2999);
    expect(server.sockets).toHaveLength(1);
    server.websocket = 'fine';
    await pass(100);
    expect(client.state).toBe('connected');
  });

  test('gives up a ticket that does not come', async () => {
    const { client, told } = scene({ connectTimeout: 3000, ticket: () => new Promise(() => {}) });
    void client.connect();
    await pass(3001);
    expect(told.close).toMatchObject([{ code: 1006 }]);
    await client.close();
  });

  test('notices when nothing comes any more', async () => {
    const { client, server } = scene({ backoff: { base: 10 } });
    void client.connect();
    await settle();
    server.socket.isDead = true;
    await pass(35_000);
    expect(server.sockets).toHaveLength(2);
    expect(client.state).toBe('connected');
  });

  test('can be cut, to see what happens', async () => {
    const { client, server, subscription, bodies } = await followed({ backoff: { base: 10 } });
    client.cut();
    await settle();
    expect(subscription.state).toBe('subscribing');
    server.publish(TOPIC, 'meanwhile');
    await pass(10);
    expect(bodies).toEqual(['meanwhile']);
  });
});

describe('Signals of the page', () => {
  function page() {
    let listener: Parameters<PageSignals['watch']>[0] = () => {};
    let isVisible = true;
    return {
      tell: (signal: 'online' | 'offline' | 'visible') => listener(signal),
      hide: () => {
        isVisible = false;
      },
      signals: {
        isVisible: () => isVisible,
        watch: (heard) => {
          listener = heard;
          return () => {};
        },
      } satisfies PageSignals,
    };
  }

  test.each(['online', 'visible'] as const)('%s ends the wait', async (signal) => {
    const { signals, tell } = page();
    const { client, server } = scene({ backoff: { base: 20_000 }, environment: { page: signals } });
    // The fake service has no page of its own.
    void client.connect();
    await settle();
    server.lose();
    await pass(100);
    expect(client.state).toBe('connecting');
    tell(signal);
    await settle();
    expect(client.state).toBe('connected');
  });

  test('visible finds out within seconds that the connection is dead', async () => {
    const { signals, tell } = page();
    const { client, server } = scene({ backoff: { base: 10 }, environment: { page: signals } });
    void client.connect();
    await settle();
    server.socket.isDead = true;
    tell('visible');
    await pass(5100);
    expect(server.sockets).toHaveLength(2);
    expect(client.state).toBe('connected');
  });

  test('visible leaves a connection alone that answers', async () => {
    const { signals, tell } = page();
    const { client, server } = scene({ environment: { page: signals } });
    void client.connect();
    await settle();
    tell('visible');
    await pass(5100);
    expect(server.sockets).toHaveLength(1);
    expect(server.frames.at(-1)?.command).toBe('ABORT');
  });
});

describe('A subscription', () => {
  test('is confirmed by the service before the promise resolves', async () => {
    const { client } = scene();
    const states: SubscriptionState[] = [];
    let isConfirmed = false;
    const subscribed = client.subscribe(TOPIC, () => {}, { onState: (state) => states.push(state) });
    void subscribed.then(() => {
      isConfirmed = true;
    });
    await settle();
    expect(isConfirmed).toBe(false);
    void client.connect();
    await settle();
    const subscription = await subscribed;
    expect(subscription.state).toBe('subscribed');
    expect(subscription.position).toBe('e1-0');
    expect(states).toEqual(['subscribed']);
  });

  test('hands on bodies by their type, with place and time', async () => {
    const { client, server } = scene();
    void client.connect();
    await settle();
    const messages: unknown[] = [];
    void client.subscribe(TOPIC, (message) => messages.push(message));
    await settle();
    server.publish(TOPIC, '{"price":1}', { 'content-type': 'application/json', stale: 'true' });
    server.publish(TOPIC, '{broken', { 'content-type': 'application/json' });
    server.publish(TOPIC, 'text', { 'content-type': 'text/plain' });
    server.publish(TOPIC, 'bytes', { 'content-type': 'application/octet-stream' });
    expect(messages).toMatchObject([
      { body: { price: 1 }, position: 'e1-1', publishedAt: 1, stale: true, destination: TOPIC, skipped: 0 },
      { body: '{broken', stale: false },
      { body: 'text', raw: new TextEncoder().encode('text') },
      { body: new TextEncoder().encode('bytes') },
    ]);
  });

  test('resumes after a cut without loss and without a double', async () => {
    const { server, bodies, subscription } = await followed({ backoff: { base: 10 } });
    server.publish(TOPIC, '1');
    server.lose();
    server.publish(TOPIC, '2');
    server.publish(TOPIC, '3');
    await settle();
    expect(subscription.state).toBe('subscribing');
    await pass(100);
    server.publish(TOPIC, '4');
    expect(bodies).toEqual(['1', '2', '3', '4']);
    expect(server.frames.filter(({ command }) => command === 'SUBSCRIBE').at(-1)?.headers['resume-from']).toBe('e1-1');
    expect(subscription.state).toBe('subscribed');
  });

  test('resumes from where it was placed when nothing had come', async () => {
    const { server, bodies } = await followed({ backoff: { base: 10 } });
    server.lose();
    server.publish(TOPIC, '1');
    await pass(100);
    expect(bodies).toEqual(['1']);
  });

  test('drops what comes twice', async () => {
    const { server, bodies } = await followed();
    server.publish(TOPIC, '1');
    const { id } = server.frames.find(({ command }) => command === 'SUBSCRIBE')?.headers ?? {};
    const headers = { subscription: id ?? '', 'message-id': 'e1-1', destination: TOPIC, 'published-at': '1' };
    server.socket.say('MESSAGE', headers, '1');
    expect(bodies).toEqual(['1']);
  });

  test('begins with what is asked for', async () => {
    const { client, server } = scene();
    server.publish(TOPIC, '1');
    server.publish(TOPIC, '2');
    server.publish(TOPIC, '3');
    void client.connect();
    const replayed = keeper();
    const resumed = keeper();
    void client.subscribe(TOPIC, replayed.handler, { replay: 1 });
    void client.subscribe(TOPIC, resumed.handler, { resumeFrom: 'e1-1' });
    await settle();
    expect(replayed.bodies).toEqual(['3']);
    expect(resumed.bodies).toEqual(['2', '3']);
  });

  test('is refused with the code of the service, and the connection stays', async () => {
    const { client, server, told } = await followed();
    server.refused.set('/topic/secret', 'access-denied');
    const refused = client.subscribe('/topic/secret', () => {});
    const expectation = expect(refused).rejects.toMatchObject({ code: 'access-denied', destination: '/topic/secret' });
    await settle();
    await expectation;
    expect(client.state).toBe('connected');
    expect(told.error).toEqual([]);
    server.lose();
    await pass(1000);
    const asked = server.frames.filter(({ headers }) => headers['destination'] === '/topic/secret');
    expect(asked).toHaveLength(1);
  });

  test('ends with an error when it is refused on the way back', async () => {
    const states: [SubscriptionState, CarillonError | undefined][] = [];
    const { client, server, told } = scene({ backoff: { base: 10 } });
    void client.connect();
    const subscribed = client.subscribe(TOPIC, () => {}, { onState: (...one) => states.push(one as never) });
    await settle();
    await subscribed;
    server.refused.set(TOPIC, 'access-denied');
    server.lose();
    await pass(100);
    expect(states.at(-1)).toMatchObject(['unsubscribed', { code: 'access-denied' }]);
    expect(told.error).toMatchObject([{ code: 'access-denied', destination: TOPIC }]);
  });

  test('ends with an error when the service takes it back', async () => {
    const { client, server, told, subscription } = await followed();
    const headers = { code: 'access-denied', message: 'Sent away', fatal: 'false', subscription: 's1' };
    server.socket.say('ERROR', { ...headers, destination: TOPIC });
    expect(subscription.state).toBe('unsubscribed');
    expect(told.error).toMatchObject([{ code: 'access-denied', message: 'Sent away', destination: TOPIC }]);
    expect(client.state).toBe('connected');
    server.lose();
    await pass(1000);
    expect(server.frames.filter(({ command }) => command === 'SUBSCRIBE')).toHaveLength(1);
  });

  test('goes on when the service takes back one topic of a wildcard', async () => {
    const { server, told, subscription, bodies } = await followed({}, '/topic/stocks.*');
    const headers = { code: 'access-denied', message: 'Sent away', fatal: 'false', subscription: 's1' };
    server.socket.say('ERROR', { ...headers, destination: TOPIC });
    expect(subscription.state).toBe('subscribed');
    expect(told.error).toMatchObject([{ code: 'access-denied', destination: TOPIC }]);
    server.publish('/topic/stocks.MSFT', '1');
    expect(bodies).toEqual(['1']);
  });

  test('is asked for again when the way back is blocked for a while only', async () => {
    const { server, bodies } = await followed({ backoff: { base: 10 } });
    server.refused.set(TOPIC, 'unavailable');
    server.lose();
    await pass(100);
    server.refused.clear();
    server.publish(TOPIC, '1');
    await pass(5000);
    expect(bodies).toEqual(['1']);
  });

  test('hands on nothing after its end', async () => {
    const { server, bodies, subscription } = await followed();
    const ended = subscription.unsubscribe();
    server.publish(TOPIC, '1');
    await settle();
    await ended;
    expect(bodies).toEqual([]);
    expect(server.frames.at(-1)?.command).toBe('UNSUBSCRIBE');
    await subscription.unsubscribe();
  });

  test('ends by its signal, confirmed or not', async () => {
    const { client, server } = scene();
    const early = new AbortController();
    const never = client.subscribe(TOPIC, () => {}, { signal: early.signal });
    early.abort();
    await expect(never).rejects.toMatchObject({ code: 'aborted' });
    await expect(client.subscribe(TOPIC, () => {}, { signal: early.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    void client.connect();
    const late = new AbortController();
    const subscribed = client.subscribe(TOPIC, () => {}, { signal: late.signal });
    await settle();
    late.abort();
    await settle();
    expect((await subscribed).state).toBe('unsubscribed');
    expect(server.frames.at(-1)?.command).toBe('UNSUBSCRIBE');
  });

  test('goes on when a handler throws', async () => {
    const uncaught: unknown[] = [];
    const listen = (error: unknown): void => void uncaught.push(error);
    process.prependListener('uncaughtException', listen);
    const others = process.listeners('uncaughtException').filter((one) => one !== listen);
    others.forEach((one) => process.removeListener('uncaughtException', one));
    const { client, server } = scene();
    void client.connect();
    await settle();
    const bodies: unknown[] = [];
    void client.subscribe(TOPIC, ({ body }) => {
      bodies.push(body);
      throw new Error(`about ${String(body)}`);
    });
    await settle();
    server.publish(TOPIC, '1');
    server.publish(TOPIC, '2');
    await settle();
    process.removeListener('uncaughtException', listen);
    others.forEach((one) => process.on('uncaughtException', one));
    expect(bodies).toEqual(['1', '2']);
    expect(uncaught).toMatchObject([{ message: 'about 1' }, { message: 'about 2' }]);
  });
});

describe('A gap', () => {
  test('is reported once when messages have expired', async () => {
    const gaps: Gap[] = [];
    const { client, server, told } = scene({ backoff: { base: 10 } });
    void client.connect();
    await settle();
    const { bodies, handler } = keeper();
    void client.subscribe(TOPIC, handler, { onGap: (gap) => gaps.push(gap) });
    await settle();
    server.publish(TOPIC, '1');
    server.lose();
    for (let i = 2; i <= 9; i++) {
      server.publish(TOPIC, `${i}`);
    }
    server.expire(TOPIC, 3);
    await pass(100);
    expect(bodies).toEqual(['1', '7', '8', '9']);
    expect(gaps).toEqual([{ destination: TOPIC, from: 'e1-2', to: 'e1-6', count: 5, reason: 'expired' }]);
    expect(told.gap).toEqual(gaps);
    server.lose();
    await pass(100);
    expect(told.gap).toHaveLength(1);
  });

  test('is reported when the log has started over', async () => {
    const { server, bodies, told } = await followed({ backoff: { base: 10 } });
    server.publish(TOPIC, '1');
    server.restart();
    await pass(100);
    expect(told.gap).toEqual([
      { destination: TOPIC, from: 'e1-2', to: undefined, count: undefined, reason: 'restarted' },
    ]);
    server.publish(TOPIC, 'again');
    expect(bodies).toEqual(['1', 'again']);
    server.lose();
    server.publish(TOPIC, 'and again');
    await pass(100);
    expect(bodies).toEqual(['1', 'again', 'and again']);
    expect(told.gap).toHaveLength(1);
  });

  test('is reported when this client was slow', async () => {
    const { server, bodies, told } = await followed();
    server.publish(TOPIC, '1');
    const log = server.log(TOPIC);
    log.head += 2;
    server.publish(TOPIC, '4');
    expect(bodies).toEqual(['1', '4']);
    expect(told.gap).toMatchObject([{ from: 'e1-2', to: 'e1-3', count: 2, reason: 'slow' }]);
  });

  test('is no gap for who wants the newest only', async () => {
    const { client, server, told } = scene();
    void client.connect();
    await settle();
    const skipped: number[] = [];
    void client.subscribe(TOPIC, (message) => skipped.push(message.skipped), { mode: 'latest' });
    await settle();
    expect(server.frames.at(-1)?.headers).toMatchObject({ mode: 'latest' });
    server.publish(TOPIC, '1');
    server.log(TOPIC).head += 2;
    server.publish(TOPIC, '4');
    expect(skipped).toEqual([0, 2]);
    expect(told.gap).toEqual([]);
  });
});

describe('A wildcard', () => {
  test('resumes each of its topics, and follows those that appear while it is away', async () => {
    const { server, bodies, told } = await followed({ backoff: { base: 10 } }, '/topic/stocks.*');
    server.publish('/topic/stocks.A', 'a1');
    server.publish('/topic/stocks.B', 'b1');
    server.publish('/topic/stocks.A', 'a2');
    server.lose();
    server.publish('/topic/stocks.B', 'b2');
    server.publish('/topic/stocks.C', 'c1');
    await pass(100);
    expect(server.frames.at(-1)?.headers['resume-from']?.split(',').sort()).toEqual(['e1-2', 'e2-1']);
    expect([...bodies].sort()).toEqual(['a1', 'a2', 'b1', 'b2', 'c1']);
    expect(told.gap).toEqual([]);
  });

  test('names the topic whose log has started over', async () => {
    const { server, told } = await followed({ backoff: { base: 10 } }, '/topic/stocks.*');
    server.publish('/topic/stocks.A', 'a1');
    server.restart();
    await pass(100);
    expect(told.gap).toMatchObject([{ destination: '/topic/stocks.A', from: 'e1-2', reason: 'restarted' }]);
  });
});

describe('A work queue', () => {
  test('keeps no place, so that a message that comes again is handed on', async () => {
    const { server, bodies, subscription } = await followed({ backoff: { base: 10 } }, '/queue/work');
    server.publish('/queue/work', '1');
    expect(subscription.position).toBeUndefined();
    server.lose();
    await pass(100);
    expect(server.frames.at(-1)?.headers).not.toHaveProperty('resume-from');
    const headers = { subscription: 's1', destination: '/queue/work', 'published-at': '1', redelivered: 'true' };
    server.socket.say('MESSAGE', { ...headers, 'message-id': 'e1-1' }, '1');
    expect(bodies).toEqual(['1', '1']);
  });
});

describe('A publication', () => {
  test('waits for the connection and resolves with the receipt', async () => {
    const { client, server } = scene();
    const published = client.publish(TOPIC, { price: 1 }, { key: 'k1', headers: { note: 'x' } });
    await settle();
    void client.connect();
    await settle();
    expect(await published).toEqual({ key: 'k1', position: undefined });
    expect(server.frames.at(-1)).toMatchObject({
      command: 'SEND',
      headers: { destination: TOPIC, 'message-key': 'k1', 'content-type': 'application/json', note: 'x' },
      body: '{"price":1}',
    });
  });

  test('is sent again after a cut, in order and under the same keys, and published once', async () => {
    const { client, server, bodies } = await followed({ backoff: { base: 10 } });
    server.onSend = () => false;
    const all = ['a', 'b', 'c'].map((text) => client.publish(TOPIC, text));
    await settle();
    server.onSend = () => true;
    server.lose();
    await pass(100);
    await Promise.all(all);
    const sends = server.frames.filter(({ command }) => command === 'SEND');
    expect(sends.map(({ body }) => body)).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
    expect(new Set(sends.map(({ headers }) => headers['message-key'])).size).toBe(3);
    expect(bodies).toEqual(['a', 'b', 'c']);
  });

  test('is refused with the code of the service and not sent again', async () => {
    const { client, server } = await followed();
    server.refused.set('/topic/mine', 'access-denied');
    const refused = client.publish('/topic/mine', 'x');
    const expectation = expect(refused).rejects.toMatchObject({ code: 'access-denied', destination: '/topic/mine' });
    await settle();
    await expectation;
    server.lose();
    await pass(1000);
    expect(server.frames.filter(({ command }) => command === 'SEND')).toHaveLength(1);
  });

  test('is given up by signal, by time, by number and by close', async () => {
    const { client } = scene({ maxPending: 3, requestTimeout: 1000 });
    const stop = new AbortController();
    const stopped = client.publish(TOPIC, 'x', { signal: stop.signal });
    const late = client.publish(TOPIC, 'x');
    const third = client.publish(TOPIC, 'x');
    third.catch(() => {});
    await expect(client.publish(TOPIC, 'x')).rejects.toMatchObject({ code: 'queue-full' });
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const expectation = expect(late).rejects.toMatchObject({ code: 'timeout' });
    await pass(1001);
    await expectation;
    const last = client.publish(TOPIC, 'x');
    void client.close();
    await expect(last).rejects.toMatchObject({ code: 'closed' });
    await expect(client.publish(TOPIC, 1n)).rejects.toMatchObject({ code: 'bad-value' });
    await expect(client.publish(TOPIC, undefined)).rejects.toMatchObject({ code: 'bad-value' });
  });
});

describe('A request', () => {
  test('subscribes for one answer', async () => {
    const { client, server } = await followed();
    const answer = client.request<{ answer: number }>('/app/stocks.alerts');
    await settle();
    expect(await answer).toEqual({ answer: 42 });
    expect(server.frames.at(-1)?.command).toBe('UNSUBSCRIBE');
  });

  test('sends, and knows its answer in the reply queue', async () => {
    const { client, server } = await followed();
    const reply = '/user/queue/scores';
    const json = { 'content-type': 'application/json' };
    server.onSend = () => {
      server.publish(reply, '{"match":"other"}', json);
      server.publish(reply, '{"match":"final"}', json);
    };
    const isMine = ({ body }: { body: unknown }): boolean => (body as { match: string }).match === 'final';
    const answer = client.request('/app/scores.final.event', { goal: 1 }, { reply, matches: isMine });
    await settle();
    expect(await answer).toEqual({ match: 'final' });
  });
});

describe('Identity', () => {
  test('fetches a ticket for each connection', async () => {
    let tickets = 0;
    const { client, server } = scene({ ticket: () => Promise.resolve(`t/${++tickets}`), backoff: { base: 10 } });
    void client.connect();
    await settle();
    server.lose();
    await pass(100);
    expect(server.sockets.map(({ url }) => url)).toEqual([
      'ws://service.test/ws?ticket=t%2F1',
      'ws://service.test/ws?ticket=t%2F2',
    ]);
  });

  test('waits for a ticket, however often that takes too long, and blames no transport for it', async () => {
    let hand: (ticket: string) => void = () => {};
    const ticket = (): Promise<string> =>
      new Promise((resolve) => {
        hand = resolve;
      });
    const transports = ['websocket', 'sse'] as const;
    const { client, server, told } = scene({ ticket, transports, connectTimeout: 1000, backoff: { base: 10 } });
    void client.connect();
    await pass(2500);
    expect(told.close.map(({ reason }) => reason)).toEqual(['given up', 'given up']);
    expect(server.requests).toEqual([]);
    hand('t');
    await settle();
    expect(client.transport).toBe('websocket');
  });

  test('asks again for a ticket that could not be had, and stays with the transport', async () => {
    let asked = 0;
    const ticket = (): Promise<string> => (++asked < 4 ? Promise.reject(new TypeError('no')) : Promise.resolve('t'));
    const { client, told } = scene({ ticket, transports: ['websocket', 'sse'], backoff: { base: 10 } });
    void client.connect();
    await pass(1000);
    expect(told.close).toHaveLength(3);
    expect(told.close[0]).toMatchObject({ code: 1006, reason: 'no ticket or token' });
    expect(client.transport).toBe('websocket');
  });

  test('is closed while it waits for a ticket', async () => {
    const { client, server } = scene({ ticket: () => new Promise(() => {}) });
    const connected = client.connect();
    const expectation = expect(connected).rejects.toMatchObject({ code: 'closed' });
    await settle();
    await client.close();
    await expectation;
    await settle();
    expect(client.state).toBe('disconnected');
    expect(server.sockets).toEqual([]);
  });

  test('renews the token on the live connection when the service warns', async () => {
    let tokens = 0;
    const { client, server } = scene({ token: () => Promise.resolve(`token-${++tokens}`) });
    void client.connect();
    await settle();
    expect(server.frames[0]?.headers['Authorization']).toBe('Bearer token-1');
    const headers = { subscription: 'session', 'message-id': 'session-1', destination: '/user/queue/session' };
    server.socket.say('MESSAGE', { ...headers, 'expires-in': '60' }, '{"type":"expires","expiresIn":60}');
    await settle();
    expect(server.frames.at(-1)).toMatchObject({
      command: 'SEND',
      headers: { destination: '/app/session.refresh' },
      body: 'token-2',
    });
    expect(server.sockets).toHaveLength(1);
  });

  test('tries again when the renewal fails', async () => {
    const answers = [() => 'one', () => Promise.reject(new Error('issuer away')), () => 'two'];
    const { client, server, told } = scene({ token: async () => answers.shift()?.() });
    void client.connect();
    await settle();
    const headers = { subscription: 'session', 'message-id': 'session-1', destination: '/user/queue/session' };
    server.socket.say('MESSAGE', { ...headers, 'expires-in': '60' });
    await settle();
    expect(told.error).toMatchObject([{ message: 'issuer away' }]);
    await pass(5000);
    expect(server.frames.at(-1)?.body).toBe('two');
  });

  test('asks again over HTTP with a fresh token when the old one has ended', async () => {
    const tokens = ['old', 'new'];
    const { client, server } = scene({ token: () => Promise.resolve(tokens.shift()) });
    server.badToken = 'old';
    expect(await client.http({ method: 'GET', path: '/api/session' })).toMatchObject({ user: 'guest-1' });
    expect(server.requests.map(({ headers }) => headers.get('Authorization'))).toEqual(['Bearer old', 'Bearer new']);
    server.badToken = 'new';
    await expect(client.http({ method: 'GET', path: '/api/session' })).rejects.toMatchObject({ code: 'login-failed' });
  });

  test.each([4004, 4005])('comes back once with a fresh token after %i, and then no more', async (code) => {
    let tokens = 0;
    const { client, server } = scene({ token: () => Promise.resolve(`token-${++tokens}`), backoff: { base: 10 } });
    void client.connect();
    await settle();
    server.socket.end(code, 'no');
    await pass(100);
    expect(client.state).toBe('connected');
    expect(server.frames.filter(({ command }) => command === 'CONNECT').at(-1)?.headers['Authorization']).toBe(
      'Bearer token-2',
    );
    server.socket.end(code, 'no');
    await pass(100);
    expect(client.state).toBe('disconnected');
  });
});

describe('The ladder', () => {
  const transports: TransportName[] = ['websocket', 'sse', 'long-poll'];

  test('goes down when WebSocket is blocked but HTTP is not', async () => {
    const { client, server } = scene({ transports });
    server.websocket = 'refused';
    void client.connect();
    await pass(100);
    expect(client.transport).toBe('sse');
  });

  test('goes down when WebSocket hangs', async () => {
    const { client, server } = scene({ transports, connectTimeout: 2000 });
    server.websocket = 'silent';
    void client.connect();
    await pass(2100);
    expect(client.transport).toBe('sse');
  });

  test('goes further down when a proxy holds streams back', async () => {
    const { client, server } = scene({ transports, connectTimeout: 2000, backoff: { base: 10 } });
    server.websocket = 'refused';
    server.isBuffering = true;
    void client.connect();
    await pass(1900);
    expect(client.state).toBe('connecting');
    await pass(300);
    expect(client.transport).toBe('long-poll');
    const { bodies, handler } = keeper();
    void client.subscribe(TOPIC, handler);
    await pass(100);
    server.publish(TOPIC, '1');
    await pass(100);
    expect(bodies).toEqual(['1']);
  });

  test('stays where it is while the whole service is away', async () => {
    const { client, server } = scene({ transports, backoff: { base: 10, cap: 100 } });
    void client.connect();
    await settle();
    server.websocket = 'refused';
    server.http = 'refused';
    server.lose();
    await pass(3000);
    server.websocket = 'fine';
    server.http = 'fine';
    await pass(200);
    expect(client.transport).toBe('websocket');
  });

  test('gives what has worked a second chance', async () => {
    const { client, server } = scene({ transports, backoff: { base: 10, cap: 10 } });
    void client.connect();
    await settle();
    server.websocket = 'refused';
    server.lose();
    await pass(6);
    server.websocket = 'fine';
    await pass(20);
    expect(client.transport).toBe('websocket');
  });

  test('climbs again after a while', async () => {
    const { client, server } = scene({ transports, backoff: { base: 10 } });
    server.websocket = 'refused';
    void client.connect();
    await pass(100);
    server.websocket = 'fine';
    server.lose();
    await pass(100);
    expect(client.transport).toBe('sse');
    await pass(60_000);
    server.lose();
    await pass(100);
    expect(client.transport).toBe('websocket');
  });

  test('can be forced, and nothing is lost or doubled on the way through all of it', async () => {
    const { client, server, bodies, told } = await followed({ transports });
    let published = 0;
    const publish = (): string => server.publish(TOPIC, `${++published}`);
    for (const transport of ['sse', 'long-poll', 'sockjs', 'websocket'] as const) {
      publish();
      const moved = client.useTransport(transport);
      publish();
      await pass(50);
      await moved;
      expect(client.transport).toBe(transport);
      publish();
      await pass(50);
      expect(bodies).toEqual(Array.from({ length: published }, (_, i) => `${i + 1}`));
    }
    expect(told.gap).toEqual([]);
  });
});

describe.each(['sse', 'long-poll'] as const)('%s', (transport) => {
  const options = { transports: [transport], backoff: { base: 10 } };

  test('follows several topics with one stream, and resumes', async () => {
    const { client, server, bodies } = await followed(options, '/topic/a');
    const other = keeper();
    void client.subscribe('/topic/b.*', other.handler);
    await pass(50);
    server.publish('/topic/a', 'a1');
    server.publish('/topic/b.x', 'b1');
    await pass(50);
    expect(bodies).toEqual(['a1']);
    expect(other.bodies).toEqual(['b1']);
    expect(server.streams.size).toBe(1);
    server.lose();
    server.publish('/topic/a', 'a2');
    await pass(100);
    expect(bodies).toEqual(['a1', 'a2']);
  });

  test('begins each subscription where it should', async () => {
    const { client, server, bodies } = await followed(options);
    server.publish(TOPIC, '1');
    server.publish(TOPIC, '2');
    await pass(50);
    const late = keeper();
    void client.subscribe(TOPIC, late.handler, { replay: 1 });
    await pass(50);
    server.publish(TOPIC, '3');
    await pass(50);
    expect(bodies).toEqual(['1', '2', '3']);
    expect(late.bodies).toEqual(['2', '3']);
  });

  test('reports gaps as a WebSocket does', async () => {
    const { server, told } = await followed(options);
    server.publish(TOPIC, '1');
    await pass(50);
    server.lose();
    ['2', '3', '4'].forEach((body) => server.publish(TOPIC, body));
    server.expire(TOPIC, 1);
    await pass(100);
    expect(told.gap).toEqual([{ destination: TOPIC, from: 'e2-2', to: 'e2-3', count: 2, reason: 'expired' }]);
    server.restart();
    await pass(100);
    expect(told.gap.at(-1)).toMatchObject({ destination: TOPIC, from: 'e2-5', reason: 'restarted' });
  });

  test('refuses one destination and keeps the others', async () => {
    const { client, server, bodies, told } = await followed(options);
    server.refused.set('/topic/secret', 'access-denied');
    const refused = client.subscribe('/topic/secret', () => {});
    const expectation = expect(refused).rejects.toMatchObject({ code: 'access-denied' });
    await pass(50);
    await expectation;
    server.publish(TOPIC, '1');
    await pass(50);
    expect(bodies).toEqual(['1']);
    // Another one loses its right while the connection is away.
    const denied = keeper();
    const subscription = client.subscribe('/topic/soon-secret', denied.handler);
    await pass(50);
    server.refused.set('/topic/soon-secret', 'access-denied');
    server.lose();
    await pass(200);
    expect((await subscription).state).toBe('unsubscribed');
    expect(told.error).toMatchObject([{ code: 'access-denied', destination: '/topic/soon-secret' }]);
    server.publish(TOPIC, '2');
    await pass(50);
    expect(bodies).toEqual(['1', '2']);
  });

  test('ends what the service takes back and keeps the others', async () => {
    const { client, server, bodies, told } = await followed(options);
    const lost = client.subscribe('/topic/soon-secret', () => {});
    await pass(50);
    server.refused.set('/topic/soon-secret', 'access-denied');
    server.streams.forEach((stream) => stream.refuse('access-denied'));
    await pass(100);
    expect((await lost).state).toBe('unsubscribed');
    expect(told.error).toMatchObject([{ code: 'access-denied', destination: '/topic/soon-secret' }]);
    expect(told.close).toEqual([]);
    server.publish(TOPIC, '1');
    await pass(50);
    expect(bodies).toEqual(['1']);
  });

  test('publishes what is sent together in one request, in order', async () => {
    const { client, server, bodies } = await followed(options);
    const all = [client.publish(TOPIC, 'a'), client.publish(TOPIC, 'b'), client.publish(TOPIC, 'c')];
    await pass(50);
    expect((await Promise.all(all)).map(({ position }) => position)).toEqual(['e2-1', 'e2-2', 'e2-3']);
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(bodies).toEqual(['a', 'b', 'c']);
    server.refused.set('/topic/mine', 'access-denied');
    const mixed = [client.publish(TOPIC, 'd'), client.publish('/topic/mine', 'x'), client.publish(TOPIC, 'e')];
    const settled = Promise.allSettled(mixed);
    await pass(50);
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(bodies).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('publishes again under the same key when a request is lost', async () => {
    const { client, server } = await followed(options);
    server.http = 'refused';
    const published = client.publish(TOPIC, 'x', { key: 'k' });
    await pass(50);
    server.http = 'fine';
    await pass(200);
    expect(await published).toMatchObject({ key: 'k' });
    expect(server.log(TOPIC).head).toBe(1);
  });

  test('sends to the application, once for each key, and has its answer', async () => {
    const { client, server } = await followed(options);
    const all = [client.publish('/app/chat.general.typing', {}, { key: 'k1' }), client.publish(TOPIC, 'x')];
    await pass(50);
    expect(await Promise.all(all)).toEqual([
      { key: 'k1', position: undefined },
      expect.objectContaining({ position: 'e2-1' }),
    ]);
    server.http = 'refused';
    const goal = client.request('/app/scores.final.event', { goal: 1 }, { key: 'k2' });
    await pass(50);
    server.http = 'fine';
    await pass(200);
    expect(await goal).toEqual({ number: 2 });
    expect([...server.handled.values()].map(({ body }) => body)).toEqual(['{}', '{"goal":1}']);
    server.refused.set('/app/chat.general.mute', 'access-denied');
    const refused = client.publish('/app/chat.general.mute', { user: 'bob', seconds: 60 });
    const destination = '/app/chat.general.mute';
    const expectation = expect(refused).rejects.toMatchObject({ code: 'access-denied', destination });
    await pass(50);
    await expectation;
  });

  test('asks the application for one answer', async () => {
    const { client, server } = await followed(options);
    const answer = client.request<{ answer: number }>('/app/stocks.alerts');
    await pass(50);
    expect(await answer).toEqual({ answer: 42 });
    server.refused.set('/app/stocks.alerts', 'access-denied');
    const refused = client.request('/app/stocks.alerts');
    const destination = '/app/stocks.alerts';
    const expectation = expect(refused).rejects.toMatchObject({ code: 'access-denied', destination });
    await pass(50);
    await expectation;
  });

  test('obeys the code with which a stream is closed', async () => {
    const { client, server, told } = await followed(options);
    server.streams.forEach((stream) => stream.close(1012, 'restart; retry-after=4000'));
    await pass(50);
    expect(told.close).toMatchObject([{ code: 1012, retryIn: 4005 }]);
    expect(client.state).toBe('connecting');
    await pass(4000);
    expect(client.state).toBe('connected');
    server.streams.forEach((stream) => stream.close(4004, 'login failed'));
    await pass(50);
    expect(client.state).toBe('disconnected');
  });
});

describe('sockjs', () => {
  const options: Parameters<typeof scene>[0] = { transports: ['sockjs'], backoff: { base: 10 } };

  test('carries text, and bytes beside it', async () => {
    const { client, server, bodies } = await followed(options);
    const receipt = client.publish(TOPIC, new Uint8Array([65, 66]), { key: 'k' });
    await settle();
    expect(await receipt).toEqual({ key: 'k', position: 'e1-1' });
    expect(bodies).toEqual([new Uint8Array([65, 66])]);
    expect(server.frames.map(({ command }) => command)).not.toContain('SEND');
  });

  test('sends bytes again when their request is lost', async () => {
    const { client, server, bodies } = await followed(options);
    server.http = 'refused';
    const receipt = client.publish(TOPIC, new Uint8Array([65]), { key: 'k' });
    await settle();
    server.http = 'fine';
    await pass(100);
    await receipt;
    expect(bodies).toHaveLength(1);
  });

  test('shows its ticket in CONNECT, and comes back when it found no way', async () => {
    const { client, server } = scene({ ...options, ticket: () => Promise.resolve('t') });
    void client.connect();
    await settle();
    expect(server.socket.url).toBe('http://service.test/sockjs');
    expect(server.frames[0]?.headers).toMatchObject({ ticket: 't' });
    server.socket.end(1002, 'Cannot connect to server');
    await pass(100);
    expect(client.state).toBe('connected');
  });
});

describe('Watching the wire', () => {
  test('shows frames without secrets', async () => {
    const { client } = scene({ credentials: { login: 'alice', passcode: 'secret' } });
    const texts: string[] = [];
    client.on('frame', ({ direction, text }) => texts.push(`${direction} ${text.split('\n')[0] ?? ''}`));
    const all: string[] = [];
    client.on('frame', ({ text }) => all.push(text));
    void client.connect();
    await settle();
    expect(texts.slice(0, 2)).toEqual(['out CONNECT', 'in CONNECTED']);
    expect(all.join()).toContain('passcode:…');
    expect(all.join()).not.toContain('secret');
  });
});
