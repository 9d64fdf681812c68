import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { complaints, launch } from '../support/browser.mjs';
import { relay } from '../support/relay.mjs';
import { unique, url } from '../support/service.mjs';

/** All that Chromium can do; those with XDR in their names are Internet Explorer's. */
const TRANSPORTS = [
  'websocket',
  'xhr-streaming',
  'eventsource',
  'iframe-eventsource',
  'htmlfile',
  'iframe-htmlfile',
  'xhr-polling',
  'iframe-xhr-polling',
  'jsonp-polling',
];

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

/** What runs in the browser. */
function install() {
  const until = (condition) =>
    new Promise((done) => {
      const check = () => (condition() ? done() : setTimeout(check, 10));
      check();
    });

  /** A STOMP session over one of the transports, or over a WebSocket of its own; answers when it is connected or over. */
  const connect = async (transport, headers, { base = '', beats = 0 } = {}) => {
    const socket =
      transport === 'native'
        ? new WebSocket(`${(base || location.origin).replace(/^http/, 'ws')}/ws`, ['v11.stomp'])
        : new window.SockJS(`${base}/sockjs`, null, { transports: [transport] });
    const client = window.Stomp.over(socket);
    const session = { client, socket, received: [], ids: [], errors: [], beats: 0, closed: null, connected: null };
    client.debug = (text) => {
      session.beats += text === '<<< PONG' ? 1 : 0;
    };
    client.heartbeat.incoming = beats;
    client.heartbeat.outgoing = beats;
    const receipts = new Map();
    client.onreceipt = (frame) => receipts.get(frame.headers['receipt-id'])?.(frame.headers);
    session.confirmed = (id) => new Promise((done) => receipts.set(id, done));
    socket.addEventListener('close', (event) => {
      session.closed = { code: event.code, reason: event.reason };
    });
    client.connect(
      headers,
      (frame) => {
        session.connected = frame.headers;
        session.transport = socket.transport;
      },
      (failure) => session.errors.push(typeof failure === 'string' ? { lost: failure } : failure.headers),
    );
    await until(() => session.connected || session.closed);
    return session;
  };

  const subscribe = async (session, destination, headers = {}) => {
    session.client.subscribe(
      destination,
      (frame) => {
        session.received.push(frame.body);
        session.ids.push(frame.headers['message-id']);
      },
      { id: 'a', receipt: 'here', ...headers },
    );
    return session.confirmed('here');
  };

  /** The keys are for browsers, which send a request again when a connection breaks before its response. */
  let sent = 0;
  const publish = async (session, destination, bodies) => {
    bodies.forEach((body, i) => {
      const headers = { 'message-key': `${destination} ${(sent += 1)}` };
      session.client.send(destination, i === bodies.length - 1 ? { receipt: 'sent', ...headers } : headers, body);
    });
    await session.confirmed('sent');
  };

  /** A ticket for this page, as a page gets it that has signed in. */
  const ticket = async (user) => {
    const answer = await fetch('/api/tickets', {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${user}:${user}`)}` },
      credentials: 'omit',
    });
    return (await answer.json()).ticket;
  };

  window.carillon = { until, connect, subscribe, publish, ticket };
}

describe('SockJS in Chromium', { timeout: 420_000 }, () => {
  let browser;
  let page;
  let complained;

  const open = async (origin) => {
    page = await browser.newPage();
    await page.addInitScript(install);
    // Any document of the origin will do, as long as its policy is that of the service's pages.
    await page.goto(`${origin}/webjars/stomp-websocket/stomp.min.js`);
    complained = complaints(page);
    await page.addScriptTag({ url: '/webjars/sockjs-client/sockjs.min.js' });
    await page.addScriptTag({ url: '/webjars/stomp-websocket/stomp.min.js' });
  };

  before(async () => {
    browser = await launch();
  });

  after(() => browser?.close());

  beforeEach(() => open(url));

  afterEach(() => page?.close());

  for (const transport of TRANSPORTS) {
    test(`${transport} brings 5,000 messages in order, to whom the ticket names`, { timeout: 60_000 }, async () => {
      const destination = `/topic/lab.${unique('sockjs')}`;
      const seen = await page.evaluate(
        async ([kind, target]) => {
          const { until, connect, subscribe, publish, ticket } = window.carillon;
          const session = await connect(kind, { ticket: await ticket('alice') });
          const placed = await subscribe(session, target);
          const publisher = await connect('native', { login: 'bob', passcode: 'bob' });
          await publish(
            publisher,
            target,
            Array.from({ length: 5000 }, (_, i) => String(i + 1)),
          );
          await until(() => session.received.length >= 5000);
          await publish(session, target, ['100 % "sure" \\ %41 </script> ü 🔔 \u2028']);
          await until(() => session.received.length >= 5001);
          const { connected, received, transport } = session;
          session.client.disconnect();
          publisher.client.disconnect();
          return { connected, placed, received, transport };
        },
        [transport, destination],
      );
      assert.equal(seen.transport, transport);
      assert.equal(seen.connected['user-name'], 'alice');
      assert.match(seen.placed.position, /^[0-9a-z]+-0$/);
      assert.deepEqual(seen.received, [...numbers(1, 5000), '100 % "sure" \\ %41 </script> ü 🔔 \u2028']);
      assert.deepEqual(ours(complained), []);
    });

    test(`${transport} exchanges heart-beats and is not closed`, { timeout: 60_000 }, async () => {
      const seen = await page.evaluate(async (kind) => {
        const { until, connect } = window.carillon;
        const session = await connect(kind, { login: 'alice', passcode: 'alice' }, { beats: 500 });
        await until(() => session.beats >= 4 || session.closed);
        return { beats: Math.min(session.beats, 4), closed: session.closed };
      }, transport);
      assert.deepEqual(seen, { beats: 4, closed: null });
    });

    test(`${transport} brings the close code`, { timeout: 60_000 }, async () => {
      const seen = await page.evaluate(async (kind) => {
        const { until, connect } = window.carillon;
        const session = await connect(kind, { login: 'alice', passcode: 'wrong' });
        await until(() => session.closed);
        return { error: session.errors[0].code, closed: session.closed };
      }, transport);
      assert.deepEqual(seen, { error: 'login-failed', closed: { code: 4004, reason: 'login failed' } });
    });

    test(`${transport} resumes after a cut`, { timeout: 60_000 }, async () => {
      const network = await relay(url);
      try {
        await page.close();
        await open(network.url);
        await page.exposeFunction('cut', () => network.cut());
        const destination = `/topic/lab.${unique('sockjs')}`;
        const seen = await page.evaluate(
          async ([kind, target]) => {
            const { until, connect, subscribe, publish } = window.carillon;
            const login = { login: 'bob', passcode: 'bob' };
            // Some transports do not notice that their connection is gone; heart-beats do.
            const first = await connect(kind, login, { beats: 500 });
            await subscribe(first, target);
            await publish(first, target, ['1', '2', '3']);
            await until(() => first.received.length >= 3);
            await window.cut();
            // For the same session to find if it outlives the cut, as one does that was between two polls; else for the
            // next one.
            await fetch('/api/publish', {
              method: 'POST',
              headers: { authorization: `Basic ${btoa('bob:bob')}`, 'content-type': 'application/json' },
              credentials: 'omit',
              body: JSON.stringify(['4', '5', '6'].map((body) => ({ destination: target, body }))),
            });
            await until(() => first.closed || first.received.length >= 6);
            let second = first;
            const got = first.received.slice();
            while (second.closed || !second.connected) {
              second = await connect(kind, login);
              if (second.connected) {
                await subscribe(second, target, { 'resume-from': first.ids.at(-1) });
              }
            }
            await publish(second, target, ['7']);
            await until(() => second.received.includes('7'));
            second.client.disconnect();
            return second === first ? first.received : [...got, ...second.received];
          },
          [transport, destination],
        );
        assert.deepEqual(seen, numbers(1, 7));
      } finally {
        network.close();
      }
    });
  }

  // The browser sends these requests again by itself, and nobody in it learns that an answer was lost.
  for (const transport of ['xhr-polling', 'jsonp-polling']) {
    test(`${transport} is told when an answer was lost, and resumes`, { timeout: 60_000 }, async () => {
      const network = await relay(url);
      try {
        await page.close();
        await open(network.url);
        await page.exposeFunction('lose', (text) => network.lose(text));
        const seen = await page.evaluate(
          async ([kind, target]) => {
            const { until, connect, subscribe, publish } = window.carillon;
            const login = { login: 'bob', passcode: 'bob' };
            const first = await connect(kind, login);
            const { position } = await subscribe(first, target);
            await publish(first, target, ['1']);
            await until(() => first.received.length >= 1);
            await window.lose('sunk');
            const publisher = await connect('native', login);
            await publish(publisher, target, ['sunk', '3']);
            await until(() => first.closed);
            const second = await connect(kind, login);
            await subscribe(second, target, { 'resume-from': first.ids.at(-1) ?? position });
            await until(() => second.received.length >= 2);
            return { first: first.received, closed: first.closed.code, second: second.received };
          },
          [transport, `/topic/lab.${unique('sockjs')}`],
        );
        assert.deepEqual(seen, { first: ['1'], closed: 1001, second: ['sunk', '3'] });
      } finally {
        network.close();
      }
    });
  }

  test('a page of another origin gets nowhere', async () => {
    await page.close();
    await open(url.replace('127.0.0.1', 'localhost'));
    const closed = await page.evaluate(async (service) => {
      const socket = new window.SockJS(`${service}/sockjs`);
      return new Promise((done) => {
        socket.onclose = (event) => done({ code: event.code, reason: event.reason });
      });
    }, url);
    assert.deepEqual(closed, { code: 1002, reason: 'Cannot connect to server' });
  });

  /** What the service is to blame for: the client asks for things that browsers have given up, and notices when it leaves. */
  function ours(all) {
    return all.filter((text) => !/document\.domain|unload|ERR_ABORTED/.test(text));
  }
});
