import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { complaints, launch } from '../support/browser.mjs';
import { unique, url } from '../support/service.mjs';

describe('The standalone client in a browser', { timeout: 240_000 }, () => {
  let browser;

  before(async () => {
    browser = await launch();
  });

  after(() => browser?.close());

  for (const transport of ['websocket', 'sse', 'long-poll', 'sockjs']) {
    test(`signs in with the page's cookie and publishes by ${transport}`, async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const complained = complaints(page);
      const requested = [];
      page.on('request', (request) => requested.push(new URL(request.url()).pathname));
      // A page of the service, with its content security policy.
      await page.goto(`${url}/sdk/carillon.js`);
      const outcome = await page.evaluate(
        async ([name, destination]) => {
          const { createClient, pageTicket } = await import('/sdk/carillon.js');
          const client = createClient({ transports: [name], ticket: pageTicket() });
          await client.connect();
          const guest = client.user;
          await client.close();
          await client.http({ method: 'POST', path: '/api/session', body: { login: 'alice', passcode: 'alice' } });
          await client.connect();
          const received = new Promise((resolve) => {
            void client
              .subscribe(destination, ({ body }) => resolve(body))
              .then(() => client.publish(destination, { n: 1 }));
          });
          const answer = { guest, user: client.user, transport: client.transport, body: await received };
          await client.close();
          return answer;
        },
        [transport, `/topic/lab.${unique('browser')}`],
      );
      assert.match(outcome.guest, /^guest-/);
      assert.deepEqual({ ...outcome, guest: '' }, { guest: '', user: 'alice', transport, body: { n: 1 } });
      const lazy = requested.filter((path) => path.startsWith('/sdk/') && path.includes('sockjs'));
      assert.equal(lazy.length, transport === 'sockjs' ? 1 : 0, `${requested}`);
      assert.ok(
        requested.some((path) => path.includes('clock.worker')),
        'the timers of a worker',
      );
      // The ticket of a guest is refused with 401, which the browser notes, and aborted requests are no failures.
      assert.deepEqual(
        complained.filter((one) => !/\b401\b|ERR_ABORTED/.test(one)),
        [],
      );
      await context.close();
    });
  }
});
