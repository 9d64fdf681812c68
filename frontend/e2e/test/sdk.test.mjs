import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { chat, createClient, newKey, scores, stocks } from '@carillon/client';
import SockJs from 'sockjs-client';
import WebSocket from 'ws';
import { relay } from '../support/relay.mjs';
import { http, unique, url } from '../support/service.mjs';
import { Arrivals, within } from '../support/stomp.mjs';

const TRANSPORTS = ['websocket', 'sockjs', 'sse', 'long-poll'];

/** How often the network fails in the long test, and how many messages a second go through it. */
const CUTS = 100;
const RATE = 1000;

/** Random numbers that a failure can be repeated with (mulberry32). */
const seed = Number(process.env.CARILLON_SEED ?? Date.now() % 1_000_000);
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let bits = Math.imul(state ^ (state >>> 15), 1 | state);
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
}

const pause = (millis) => new Promise((over) => setTimeout(over, millis));

/** The family that the test configures keeps much and is open to signed-in users. */
const topic = () => `/topic/lab.${unique('sdk')}`;

describe('@carillon/client', { timeout: 300_000 }, () => {
  const opened = [];

  function open({ user = 'alice', transport, via = url, ...options } = {}) {
    const client = createClient({
      url: via,
      ...(transport === undefined ? {} : { transports: [transport] }),
      ...(user === null ? {} : { credentials: { login: user, passcode: user } }),
      backoff: { base: 20, cap: 100 },
      environment: {
        webSocket: (address, protocols) => new WebSocket(address, protocols),
        sockJs: async (address) => new SockJs(address, null, { sessionId: 20 }),
      },
      ...options,
    });
    client.gaps = [];
    client.errors = [];
    client.on('gap', (gap) => client.gaps.push(gap));
    client.on('error', (error) => client.errors.push(error));
    opened.push(client);
    return client;
  }

  async function follow(client, destination, options) {
    const received = new Arrivals();
    const handler = (message) => received.add(message);
    const subscription = await within(client.subscribe(destination, handler, options), 'the subscription');
    return { received, subscription };
  }

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => within(one.close(), 'the end of a client')));
  });

  for (const transport of TRANSPORTS) {
    test(`publishes and receives by ${transport}`, async () => {
      const client = open({ transport });
      await within(client.connect(), transport);
      assert.equal(client.transport, transport);
      assert.equal(client.user, 'alice');
      const destination = topic();
      const { received, subscription } = await follow(client, destination);
      assert.equal(subscription.state, 'subscribed');
      const all = Array.from({ length: 50 }, (_, i) => client.publish(destination, { i }));
      await within(Promise.all(all), 'the receipts');
      const messages = await received.count(50);
      assert.deepEqual(
        messages.map(({ body }) => body.i),
        Array.from({ length: 50 }, (_, i) => i),
      );
      assert.ok(messages.every((one) => one.destination === destination && one.publishedAt > 1.7e12));
      assert.deepEqual(client.gaps, []);
    });

    test(`receives bytes and follows wildcards and its own queue by ${transport}`, async () => {
      const client = open({ transport });
      await within(client.connect(), transport);
      const family = topic();
      const [one, own] = await Promise.all([
        follow(client, `${family}.bytes`),
        follow(client, '/user/queue/chat', { replay: 0 }),
      ]);
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      await within(client.publish(`${family}.bytes`, bytes), 'the receipt');
      assert.deepEqual((await one.received.count(1))[0].body, bytes);

      const quotes = new Map();
      const seen = new Arrivals();
      await within(
        stocks(client).watch('*', (quote) => quotes.set(quote.symbol, quote) && seen.add(quote)),
        'all quotes',
      );
      const known = await stocks(client).list();
      await seen.until(() => known.every(({ symbol }) => quotes.has(symbol)), 'a quote of each symbol');

      const text = unique('direct');
      await open({ user: 'bob', transport: 'websocket' })
        .connect()
        .then(() => chat(opened.at(-1)).direct('alice', text));
      const [direct] = await own.received.until((all) => all.some(({ body }) => body.text === text), 'the message');
      assert.equal(direct.destination, '/user/queue/chat');
    });

    test(`is told what it may not do by ${transport}, and goes on`, async () => {
      const client = open({ transport });
      await within(client.connect(), transport);
      const { received, subscription } = await follow(client, topic());
      await assert.rejects(
        client.subscribe('/topic/nobody-knows-this', () => {}),
        { code: 'unknown-destination' },
      );
      await assert.rejects(client.publish('/topic/stocks.AAPL', 'mine'), { code: 'access-denied' });
      await client.publish(subscription.destination, 'still here');
      await received.count(1);
      assert.equal(client.state, 'connected');
    });

    test(`says who is a guest by ${transport}`, async () => {
      const client = open({ user: null, transport });
      const session = new Arrivals();
      client.on('session', (who) => session.add(who));
      await within(client.connect(), transport);
      assert.equal((await session.count(1))[0].guest, true);
      await stocks(client).watch(['AAPL'], () => {});
      await assert.rejects(client.publish(topic(), 'x'), { code: 'access-denied' });
    });

    test(`is not let in with a wrong passcode by ${transport}`, async () => {
      const client = open({ transport, credentials: { login: 'operator', passcode: unique('wrong') } });
      await assert.rejects(within(client.connect(), 'the refusal'), { code: 'login-failed' });
      assert.equal(client.state, 'disconnected');
    });
  }

  test('comes in with a one-time ticket for each connection', async () => {
    const tickets = [];
    const client = open({
      user: null,
      transport: 'websocket',
      ticket: async () => {
        const { ticket } = await http('POST', '/api/tickets', { user: 'alice' });
        tickets.push(ticket);
        return ticket;
      },
    });
    await within(client.connect(), 'the connection');
    assert.equal(client.user, 'alice');
    const { subscription, received } = await follow(client, topic());
    client.cut();
    await client.publish(subscription.destination, 'after');
    await received.count(1);
    assert.equal(new Set(tickets).size, 2);
  });

  test('chats in a room, and knows its own message again', async () => {
    const [alice, bob] = [open(), open({ user: 'bob', transport: 'sse' })];
    await within(Promise.all([alice.connect(), bob.connect()]), 'the connections');
    const room = chat(alice).room('general');
    const events = new Arrivals();
    await room.follow((event) => events.add(event));
    const key = newKey();
    await room.send('hello', { key });
    const [message] = await events.until((all) => all.some((event) => event.key === key), 'the message');
    await chat(bob).room('general').send('by HTTP');
    await events.until((all) => all.some(({ text }) => text === 'by HTTP'), 'what was sent by HTTP');
    await room.react(message.id, '👍');
    await events.until((all) => all.some(({ type }) => type === 'reaction'), 'the reaction');
    const page = await room.history({ limit: 5 });
    assert.ok(page.messages.some(({ id }) => id === message.id));
    await assert.rejects(chat(alice).room('no-such-room').details(), { code: 'not-found' });
  });

  test('moderates a room', async () => {
    const [owner, member] = [open(), open({ user: 'bob' })];
    await within(Promise.all([owner.connect(), member.connect()]), 'the connections');
    const name = unique('moderated');
    await chat(owner).createRoom({ name, access: 'members' });
    const [mine, theirs] = [owner, member].map((one) => chat(one).room(name));
    await assert.rejects(theirs.details(), { code: 'not-found' });
    assert.deepEqual((await mine.putMember('bob')).members, { alice: 'owner', bob: 'member' });
    await assert.rejects(theirs.slow(30), { code: 'access-denied' });
    await mine.slow(300);
    assert.equal((await theirs.details()).slowSeconds, 300);
    await theirs.send('first');
    await assert.rejects(theirs.send('second'), { code: 'rate-limited' });
    await mine.slow(0);
    await mine.mute('bob', 60);
    await assert.rejects(theirs.send('third'), { code: 'access-denied', message: /muted/ });
    await mine.mute('bob', 0);
    await theirs.send('fourth');
    assert.equal((await mine.putMember('bob', 'moderator')).members.bob, 'moderator');
    assert.equal((await mine.describe({ description: 'For all', access: 'public' })).description, 'For all');
    await mine.removeMember('bob');
    assert.deepEqual((await theirs.details()).members, { alice: 'owner' });
  });

  for (const transport of TRANSPORTS) {
    test(`asks the application, and sends to it, by ${transport}`, async () => {
      const client = open({ transport });
      await within(client.connect(), 'the connection');
      const market = stocks(client);
      const events = new Arrivals();
      await market.onAlert((event) => events.add(event), { replay: 0 });
      await market.addAlert({ symbol: 'AAPL', direction: 'above', price: 1_000_000 });
      const [{ alert }] = await events.count(1);
      assert.ok((await within(market.alerts(), 'the alerts')).some(({ id }) => id === alert.id));
      await market.removeAlert(alert.id);
      await events.until((all) => all.some(({ event }) => event === 'removed'), 'the removal');
      await assert.rejects(market.addAlert({ symbol: 'AAPL', direction: 'above', price: -1 }), {
        code: 'bad-value',
        message: /price/,
      });
    });

    test(`has the answer of the application by ${transport}`, async () => {
      const scorer = open({ user: 'scorer', transport });
      await within(scorer.connect(), 'the connection');
      const id = unique('asked');
      const opening = { id, fixture: { kind: 'soccer', home: 'Reds', away: 'Blues' } };
      const matches = ({ body }) => body.match === id;
      const asked = scorer.request('/app/scores.create', opening, { reply: '/user/queue/scores', matches });
      assert.equal((await within(asked, 'the answer')).match, id);
    });
  }

  test('creates a match, reports a goal, and follows it', async () => {
    const [scorer, fan] = [open({ user: 'scorer' }), open({ user: null })];
    await within(Promise.all([scorer.connect(), fan.connect()]), 'the connections');
    const fixture = { kind: 'soccer', home: 'Reds', away: 'Blues' };
    const { match, destination } = await scores(scorer).create({ id: unique('sdk'), fixture });
    const seen = new Arrivals();
    await scores(fan).follow({ sport: 'soccer', match }, (message) => seen.add(message));
    await scores(scorer).report(match, { kind: 'period-start' });
    await scores(scorer).report(match, { kind: 'goal', team: 'home' });
    const [goal] = (await seen.until((all) => all.at(-1)?.state.score.home === 1, 'the goal')).slice(-1);
    assert.equal(destination, `/topic/scores.soccer.${match}`);
    assert.equal(goal.kind, 'event');
    await assert.rejects(scores(scorer).report(match, { kind: 'match-start', server: 'home' }), {
      code: 'bad-value',
    });
  });

  test('moves from transport to transport under load without loss', async () => {
    const client = open({ transports: undefined, maxPending: 100_000 });
    await within(client.connect(), 'the connection');
    const { received, subscription } = await follow(client, topic());
    const publisher = open({ transport: 'websocket' });
    await within(publisher.connect(), 'the connection');
    const receipts = [];
    let isOver = false;
    const stream = (async () => {
      while (!isOver) {
        for (let i = 0; i < RATE / 100; i++) {
          receipts.push(publisher.publish(subscription.destination, receipts.length));
        }
        await pause(10);
      }
    })();
    for (let round = 0; round < 3; round++) {
      for (const transport of ['sse', 'long-poll', 'sockjs', 'websocket']) {
        await within(client.useTransport(transport), transport);
        assert.equal(client.transport, transport);
        await pause(100);
      }
    }
    isOver = true;
    await stream;
    await within(Promise.all(receipts), 'the receipts');
    await received.until((all) => all.length >= receipts.length, `${receipts.length} messages`);
    verify(received, receipts.length);
    assert.deepEqual(client.gaps, []);
  });

  for (const transport of TRANSPORTS) {
    const cuts = transport === 'websocket' ? CUTS : CUTS / 5;

    test(`loses nothing and doubles nothing in ${cuts} cuts by ${transport}`, async (context) => {
      context.diagnostic(`seed ${seed}`);
      const [front, back] = await Promise.all([relay(url), relay(url)]);
      try {
        const follower = open({ user: 'bob', via: front.url, transport });
        const publisher = open({ via: back.url, transport, maxPending: 100_000 });
        await within(Promise.all([follower.connect(), publisher.connect()]), 'the connections');
        const { received, subscription } = await follow(follower, topic());
        const receipts = [];
        let isOver = false;
        const stream = (async () => {
          const began = performance.now();
          while (!isOver) {
            const due = ((performance.now() - began) * RATE) / 1000;
            while (receipts.length < due) {
              receipts.push(publisher.publish(subscription.destination, receipts.length));
            }
            await pause(5);
          }
        })();
        for (let i = 0; i < cuts; i++) {
          await pause(random() * 150);
          front.cut();
          // What is sent is cut off as well, now and then.
          if (random() < 0.3) {
            back.cut();
          }
        }
        isOver = true;
        await stream;
        await within(Promise.all(receipts), 'the receipts');
        await received.until((all) => all.length >= receipts.length, `${receipts.length} messages`);
        verify(received, receipts.length);
        assert.deepEqual(follower.gaps, []);
        assert.deepEqual(follower.errors, []);
        context.diagnostic(`${receipts.length} messages`);
      } finally {
        await Promise.all(opened.splice(0).map((one) => one.close()));
        front.close();
        back.close();
      }
    });
  }
});

/** Each message once and in the order of publication. */
function verify(received, published) {
  const bodies = received.all.map(({ body }) => body);
  const wrong = bodies.findIndex((body, i) => body !== i);
  assert.equal(wrong, -1, `seed ${seed}: message ${wrong} is ${bodies.slice(wrong - 2, wrong + 3)}`);
  assert.equal(bodies.length, published, `seed ${seed}`);
}
