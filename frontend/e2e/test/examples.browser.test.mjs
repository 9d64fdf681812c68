import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { complaints, launch, screenshot } from '../support/browser.mjs';
import { http, unique, url } from '../support/service.mjs';
import { site } from '../support/site.mjs';

const examples = new URL('../../examples/', import.meta.url);

/** How long an example may be. */
const MOST_LINES = 60;

describe('The examples', { timeout: 240_000 }, () => {
  let browser;
  let server;
  const pages = [];

  before(async () => {
    browser = await launch();
    server = await site(fileURLToPath(new URL('dist', examples)), url);
  });

  after(async () => {
    await browser?.close();
    server?.close();
  });

  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
  });

  async function open(name) {
    const page = await browser.newPage();
    pages.push(page);
    page.complained = complaints(page);
    await page.goto(`${server.url}/${name}/`);
    return page;
  }

  /** Waits for a quote, and for another price in its place. */
  async function changes(page, symbol) {
    const quote = page.locator(`#${symbol}`);
    await quote.filter({ hasText: new RegExp(`^${symbol} \\d`) }).waitFor();
    const first = await quote.textContent();
    await page.waitForFunction(([id, old]) => document.getElementById(id).textContent !== old, [symbol, first]);
  }

  for (const name of ['webjars', 'stompjs', 'react']) {
    test(`${name} shows quotes that change`, async () => {
      const page = await open(name);
      await changes(page, 'AAPL');
      assert.deepEqual(page.complained, []);
      await screenshot(page, `example-${name}`);
    });
  }

  test('stompjs goes on after a cut where it was', async () => {
    const page = await open('stompjs');
    await changes(page, 'AAPL');
    await page.getByRole('button', { name: 'Cut the connection' }).click();
    await page.locator('#state', { hasText: 'Back, nothing lost' }).waitFor();
    await changes(page, 'AAPL');
    assert.deepEqual(page.complained, []);
  });

  test('vue shows matches and what happens in them', async () => {
    const id = unique('example');
    const fixture = { kind: 'soccer', home: `Home ${id}`, away: 'Away' };
    await http('POST', '/api/scores', { user: 'scorer', body: { id, fixture } });
    const page = await open('vue');
    const line = page.locator('li', { hasText: `Home ${id}` });
    await line.filter({ hasText: '0:0' }).waitFor();
    for (const event of [{ kind: 'period-start' }, { kind: 'goal', team: 'home' }]) {
      await http('POST', `/api/scores/${id}/events`, { user: 'scorer', body: { event } });
    }
    await line.filter({ hasText: '1:0' }).waitFor();
    assert.deepEqual(page.complained, []);
    await screenshot(page, 'example-vue');
  });

  test('svelte lets two pages talk', async () => {
    const [one, other] = [await open('svelte'), await open('svelte')];
    const text = unique('svelte');
    // Whoever sees its own message follows the room: the pages show no history.
    for (const [page, said] of [
      [other, unique('hello')],
      [one, text],
    ]) {
      await page.getByLabel('Message').fill(said);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.locator('li', { hasText: said }).waitFor();
    }
    for (const page of [one, other]) {
      await page.locator('li', { hasText: text }).waitFor();
      assert.equal(await page.locator('li', { hasText: text }).count(), 1);
      assert.equal(await page.getByRole('alert').textContent(), '');
      assert.deepEqual(page.complained, []);
    }
    await screenshot(one, 'example-svelte');
  });

  for (const name of ['webjars', 'stompjs', 'react', 'vue', 'svelte']) {
    test(`${name} is short`, () => {
      const folder = new URL(`${name}/`, examples);
      const lines = readdirSync(folder).map(
        (file) => readFileSync(new URL(file, folder), 'utf8').split('\n').length - 1,
      );
      const all = lines.reduce((sum, count) => sum + count, 0);
      assert.ok(all < MOST_LINES, `${all} lines`);
    });
  }
});
