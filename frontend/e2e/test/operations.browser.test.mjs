import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { screenshot } from '../support/browser.mjs';
import { calm, consoleWindows, fits } from '../support/console.mjs';
import { unique, url } from '../support/service.mjs';
import { as, client } from '../support/stomp.mjs';

describe('The page of operations', { timeout: 240_000 }, () => {
  const { open, openAs } = consoleWindows(url);
  const clients = [];

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((one) => one.close()));
  });

  const openOperator = (hash, options) => openAs('operator', hash, options);

  async function connect(user) {
    const one = client({ connectHeaders: as(user) });
    clients.push(one);
    const { headers } = await one.connect();
    return { one, session: headers.session };
  }

  test('ends a session, with the reason that was chosen', async () => {
    const { one, session } = await connect('bob');
    const page = await openOperator('#/operations/sessions');
    await page.getByLabel('Only of the user').fill('bob');
    const row = page.locator(`[data-session="${session}"]`);
    await row.getByRole('button', { name: /^Disconnect bob/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Disconnect a session' });
    await dialog.getByLabel('Reason').selectOption('1008');
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    const [close] = await one.closes.count(1, 'the end of the session');
    assert.equal(close.code, 1008);
    await row.waitFor({ state: 'detached' });
    await page.getByText('The session has ended.').waitFor();
    await calm(page);
  });

  test('shows what a session follows', async () => {
    const { one, session } = await connect('alice');
    await one.subscribe('/topic/stocks.*');
    const page = await openOperator('#/operations/sessions');
    await page.getByLabel('Only of the user').fill('alice');
    await page
      .locator(`[data-session="${session}"]`)
      .getByRole('button', { name: /^What the session/ })
      .click();
    await page.getByRole('dialog').getByText('/topic/stocks.*').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await calm(page);
  });

  test('shows meters that change, and health', async () => {
    const { one } = await connect('alice');
    await one.subscribe('/topic/stocks.*');
    const page = await openOperator('#/operations');
    // Messages may come late to all the browsers of a busy machine.
    await page.locator('.health', { hasText: /Health: (UP|LATE)/ }).waitFor();
    for (const name of ['in', 'out', 'sessions', 'subscriptions']) {
      await page.locator(`[data-figure="${name}"]`, { hasText: /^[1-9]/ }).waitFor();
    }
    await page.locator('.rate-chart canvas').waitFor();
    await page.getByRole('row', { name: /^stocks/ }).waitFor();
    await calm(page);
  });

  test('publishes to a topic, and says why not', async () => {
    const { one } = await connect('alice');
    const destination = `/topic/notices.${unique('e2e')}`;
    const { received } = await one.subscribe(destination);
    const page = await openOperator('#/operations/publish');
    await page.getByLabel('Destination').fill(destination);
    await page.getByLabel('Body').fill('{"text":"Back at noon"}');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText(/^Published at \S+-1\.$/).waitFor();
    const [message] = await received.count(1);
    assert.equal(message.body, '{"text":"Back at noon"}');
    // Nobody else is to see it.
    await page.getByLabel('Body').fill('{"text":""}');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText(/^Published at \S+-2\.$/).waitFor();

    await page.goto(`${url}/#/operations/topics`);
    await page.getByLabel('Only those that begin with').fill(destination);
    await page.locator(`[data-topic="${destination}"]`).waitFor();
    await page.goto(`${url}/#/operations/publish/${encodeURIComponent('/topic/stocks.AAPL')}`);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('.notice.bad', { hasText: 'stocks' }).waitFor();
    await calm(page, /\b403\b/);
  });

  test('is for operators only', async () => {
    const guest = await open('#/operations');
    await guest.getByRole('heading', { name: 'For operators' }).waitFor();
    await guest.getByRole('button', { name: 'Sign in as an operator' }).waitFor();
    const alice = await openAs('alice', '#/operations');
    await alice.getByRole('heading', { name: 'For operators' }).waitFor();
    assert.equal(await alice.getByRole('link', { name: 'Sessions' }).count(), 0);
    // What the page does not show the service does not tell either.
    const status = await alice.evaluate(() => fetch('/actuator/sessions').then((answer) => answer.status));
    assert.equal(status, 403);
  });

  test('does not let another page of the browser end a session', async () => {
    const { session } = await connect('bob');
    const page = await openOperator('#/operations');
    const status = await page.evaluate(
      (id) => fetch(`/actuator/sessions/${id}`, { method: 'DELETE' }).then((answer) => answer.status),
      session,
    );
    assert.equal(status, 403, 'without the token against forged requests');
  });

  for (const [width, height] of [
    [1280, 900],
    [360, 740],
  ]) {
    for (const colorScheme of ['light', 'dark']) {
      test(`fits ${width} px in ${colorScheme} colours`, async () => {
        const page = await openOperator('#/operations', { viewport: { width, height }, colorScheme });
        for (const part of ['overview', 'sessions', 'topics', 'publish']) {
          await page.goto(`${url}/#/operations/${part}`);
          await page.locator('[data-figure], [data-session], [data-topic], [name="destination"]').first().waitFor();
          await fits(page);
          await screenshot(page, `operations-${part}-${width}-${colorScheme}`);
        }
        await calm(page);
      });
    }
  }
});
