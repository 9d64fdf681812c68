import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createClient } from '@carillon/client';
import SockJs from 'sockjs-client';
import WebSocket from 'ws';
import { launch } from '../support/browser.mjs';
import { carillon } from '../support/process.mjs';
import { within } from '../support/stomp.mjs';

/** How long a report may take to be counted, in milliseconds. */
const PATIENCE = 60_000;

const pause = (millis) => new Promise((over) => setTimeout(over, millis));

describe('Reports of latency', { timeout: 470_000 }, () => {
  const opened = [];
  let browser;
  let service;

  before(async () => {
    service = await carillon('--carillon.stocks.simulator.rate=5', '--carillon.scores.simulator.enabled=false');
    [browser] = await Promise.all([launch(), service.start()]);
  });

  after(async () => {
    await browser?.close();
    await service?.close();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });

  /** Asks the actuator, as those who run the service do. */
  async function ask(path) {
    const authorization = `Basic ${Buffer.from('operator:operator').toString('base64')}`;
    const answer = await fetch(`${service.url}/actuator/${path}`, { headers: { authorization } });
    assert.equal(answer.status, 200, path);
    return answer.text();
  }

  /** How many messages of the stocks are in a bucket of the histogram; `+Inf` has all of them. */
  async function counted(bound = '+Inf') {
    const series = `carillon_browser_latency_seconds_bucket{family="stocks",le="${bound}"} `;
    const line = (await ask('prometheus')).split('\n').find((one) => one.startsWith(series));
    assert.ok(line, series);
    return Number(line.slice(series.length));
  }

  async function moreThan(before) {
    const deadline = Date.now() + PATIENCE;
    while ((await counted()) <= before) {
      assert.ok(Date.now() < deadline, 'nothing was reported');
      await pause(200);
    }
  }

  function open(options) {
    const client = createClient({
      url: service.url,
      environment: {
        webSocket: (address, protocols) => new WebSocket(address, protocols),
        sockJs: async (address) => new SockJs(address, null, { sessionId: 20 }),
      },
      ...options,
    });
    client.errors = [];
    client.on('error', (error) => client.errors.push(error));
    opened.push(client);
    return client;
  }

  for (const transport of ['websocket', 'sockjs', 'sse', 'long-poll']) {
    test(`are in the histogram of their family, from a guest by ${transport}`, async () => {
      const before = await counted();
      const client = open({ transports: [transport], latency: { share: 1, every: 1000 } });
      await within(client.connect(), transport);
      await within(
        client.subscribe('/topic/stocks.*', () => {}),
        'the subscription',
      );
      await moreThan(before);
      // Both clocks are the same one; whatever the machine has to do, a minute is more than it needs.
      assert.equal(await counted('60.0'), await counted());
      assert.equal(client.transport, transport);
      assert.deepEqual(client.errors, []);
    });
  }

  test('come from the console', async () => {
    const before = await counted();
    const context = await browser.newContext();
    opened.push(context);
    const page = await context.newPage();
    const sent = page.waitForEvent('websocket');
    await page.goto(`${service.url}/#/stocks`);
    await sent;
    await moreThan(before);
  });

  test('are refused with the name of the field, and of what one may not follow', async () => {
    const client = open({ transports: ['websocket'] });
    await within(client.connect(), 'a connection');
    const report = (destination, millis) => {
      const body = { delays: [{ destination, millis }] };
      const publication = { destination: '/app/latency', json: body };
      return [
        client.publish('/app/latency', body),
        client.http({ method: 'POST', path: '/api/publish', body: publication }),
      ];
    };
    for (const answer of report('/topic/stocks.AAPL', -1)) {
      await assert.rejects(answer, { code: 'bad-value', message: 'delays[0].millis must be 0 to 600000' });
    }
    for (const answer of report('/queue/work', 1)) {
      await assert.rejects(answer, { code: 'bad-value', message: /^delays\[0\]\.destination must be a topic/ });
    }
    for (const answer of report('/topic/nobody-knows-this', 1)) {
      await assert.rejects(answer, { code: 'unknown-destination' });
    }
  });

  test('show in health', async () => {
    const { components } = JSON.parse(await ask('health'));
    assert.ok(['UP', 'LATE', 'UNKNOWN'].includes(components.latency.status), components.latency.status);
    assert.equal(components.latency.details.objective, '99.00% within 1000ms');
    assert.ok(components.latency.details.families.stocks.reported > 0);
  });
});
