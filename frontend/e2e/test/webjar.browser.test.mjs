import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { complaints, launch } from '../support/browser.mjs';
import { unique, url } from '../support/service.mjs';

/** What runs in the browser: a client over one of the transports, with promises instead of callbacks. */
function installConnect() {
  window.connect = (transport, headers) =>
    new Promise((resolve) => {
      const socket =
        transport === 'native'
          ? new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`, ['v11.stomp', 'v10.stomp'])
          : new window.SockJS('/sockjs', null, { transports: [transport] });
      const client = window.Stomp.over(socket);
      client.debug = null;
      const receipts = new Map();
      client.onreceipt = (frame) => receipts.get(frame.headers['receipt-id'])?.(frame.headers);
      const session = { client, socket, received: [], errors: [], closed: null };
      session.confirmed = (id) => new Promise((done) => receipts.set(id, done));
      socket.addEventListener('close', (event) => {
        session.closed = { code: event.code, reason: event.reason };
      });
      const done = () => resolve(session);
      client.connect(
        headers,
        (frame) => {
          session.connected = frame.headers;
          done();
        },
        (failure) => {
          session.errors.push(typeof failure === 'string' ? { lost: failure } : failure.headers);
          done();
        },
      );
    });
}

describe('The webjars in Chromium', { timeout: 240_000 }, () => {
  let browser;
  let page;
  let complained;

  before(async () => {
    browser = await launch();
  });

  after(() => browser?.close());

  beforeEach(async () => {
    page = await browser.newPage();
    await page.addInitScript(installConnect);
    // Any document of the service's origin will do.
    await page.goto(`${url}/webjars/stomp-websocket/stomp.min.js`);
    complained = complaints(page);
    await page.addScriptTag({ url: '/webjars/sockjs-client/sockjs.min.js' });
    await page.addScriptTag({ url: '/webjars/stomp-websocket/stomp.min.js' });
  });

  afterEach(async () => {
    await page?.close();
  });

  for (const transport of ['native', 'websocket', 'xhr-streaming', 'eventsource', 'xhr-polling']) {
    const name = transport === 'native' ? 'WebSocket' : `SockJS ${transport}`;

    test(`talk STOMP over ${name}`, async () => {
      const destination = `/topic/lab.${unique('webjar')}`;
      const seen = await page.evaluate(
        async ([kind, target]) => {
          const session = await window.connect(kind, { login: 'alice', passcode: 'alice' });
          session.client.subscribe(target, (frame) => session.received.push(frame.body), { id: 'a', receipt: 'here' });
          const placed = await session.confirmed('here');
          for (const body of ['one', 'zwei 🔔', 'x'.repeat(40_000)]) {
            session.client.send(target, { receipt: body.slice(0, 8) }, body);
            await session.confirmed(body.slice(0, 8));
          }
          await new Promise((done) => {
            const check = () => (session.received.length === 3 ? done() : requestAnimationFrame(check));
            check();
          });
          const { connected, received, socket } = session;
          const used = socket.transport;
          session.client.disconnect();
          return { connected, placed, received, used };
        },
        [transport, destination],
      );
      assert.equal(seen.connected.version, '1.1');
      assert.equal(seen.connected['user-name'], 'alice');
      assert.match(seen.placed.position, /^[0-9a-z]+-0$/);
      assert.deepEqual(seen.received, ['one', 'zwei 🔔', 'x'.repeat(40_000)]);
      if (transport !== 'native') {
        assert.equal(seen.used, transport);
      }
      assert.deepEqual(complained, []);
    });
  }

  test('follow one topic over two transports, in the same order', async () => {
    const destination = `/topic/lab.${unique('webjar')}`;
    const bodies = await page.evaluate(async (target) => {
      const sessions = await Promise.all(
        ['native', 'xhr-polling'].map((kind) => window.connect(kind, { login: 'bob', passcode: 'bob' })),
      );
      for (const session of sessions) {
        session.client.subscribe(target, (frame) => session.received.push(frame.body), { id: 'a', receipt: 'here' });
        await session.confirmed('here');
      }
      for (let i = 0; i < 100; i++) {
        sessions[i % 2].client.send(target, {}, String(i));
      }
      await new Promise((done) => {
        const check = () =>
          sessions.every(({ received }) => received.length === 100) ? done() : requestAnimationFrame(check);
        check();
      });
      return sessions.map(({ received }) => received);
    }, destination);
    assert.deepEqual(bodies[0], bodies[1]);
    assert.equal(new Set(bodies[0]).size, 100);
  });

  test('understand several frames in one message with batch:true', async () => {
    const destination = `/topic/lab.${unique('webjar')}`;
    const { messages, received } = await page.evaluate(async (target) => {
      const sender = await window.connect('native', { login: 'bob', passcode: 'bob' });
      for (let i = 0; i < 200; i++) {
        sender.client.send(target, i === 199 ? { receipt: 'all' } : {}, String(i));
      }
      await sender.confirmed('all');
      const session = await window.connect('native', { login: 'alice', passcode: 'alice', batch: 'true' });
      let messages = 0;
      session.socket.addEventListener('message', () => messages++);
      session.client.subscribe(target, (frame) => session.received.push(frame.body), { id: 'a', replay: '200' });
      await new Promise((done) => {
        const check = () => (session.received.length >= 200 ? done() : requestAnimationFrame(check));
        check();
      });
      return { messages, received: session.received };
    }, destination);
    assert.deepEqual(
      received,
      Array.from({ length: 200 }, (_, i) => String(i)),
    );
    assert.ok(messages < 20, `${messages} messages`);
  });

  for (const transport of ['native', 'websocket', 'xhr-streaming']) {
    test(`are told of a wrong passcode over ${transport}`, async () => {
      const seen = await page.evaluate(async (kind) => {
        const session = await window.connect(kind, { login: 'alice', passcode: 'wrong' });
        await new Promise((done) => {
          const check = () => (session.closed ? done() : requestAnimationFrame(check));
          check();
        });
        return { error: session.errors[0], closed: session.closed };
      }, transport);
      assert.equal(seen.error.code, 'login-failed');
      assert.deepEqual(seen.closed, { code: 4004, reason: 'login failed' });
    });
  }

  test('acknowledge what a work queue hands out', async () => {
    const destination = `/queue/${unique('webjar')}`;
    const order = await page.evaluate(async (target) => {
      const session = await window.connect('native', { login: 'alice', passcode: 'alice' });
      const headers = { id: 'a', ack: 'client-individual', 'prefetch-count': '1', receipt: 'here' };
      session.client.subscribe(
        target,
        (frame) => {
          session.received.push(frame.body);
          frame.ack();
        },
        headers,
      );
      await session.confirmed('here');
      for (const body of ['1', '2', '3']) {
        session.client.send(target, {}, body);
      }
      await new Promise((done) => {
        const check = () => (session.received.length === 3 ? done() : requestAnimationFrame(check));
        check();
      });
      return session.received;
    }, destination);
    assert.deepEqual(order, ['1', '2', '3']);
  });
});
