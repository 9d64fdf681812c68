import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { complaints, launch } from '../support/browser.mjs';
import { url } from '../support/service.mjs';
import { Arrivals } from '../support/stomp.mjs';

/** Each block of JavaScript in docs/frontend.md, as a module of a page of the service. What it prints is what it shows. */
const guide = readFileSync(new URL('../../../docs/frontend.md', import.meta.url), 'utf8');

const blocks = guide
  .split('```js\n')
  .slice(1)
  .map((rest) => rest.slice(0, rest.indexOf('```')));

/** The part of the guide's text that tells a block from the others, and what it must print in the end. */
const examples = [
  { with: 'watch([', prints: /^(AAPL|MSFT) [\d.]+ false$/, user: 'alice' },
  { with: 'room.send(', prints: /^stored$/, user: 'alice' },
  { with: 'latency: {', prints: /^\/topic\/stocks\.\S+ \d+$/ },
  { with: "from '@stomp/stompjs'", prints: /^[\d.]+ $/ },
  { with: 'new EventSource(', prints: /^\/topic\/stocks\.AAPL \S+ \d+ $/ },
  { with: '/api/messages?', prints: /^\d+ true$/ },
  { with: '/api/tickets', prints: /^open v12\.stomp the ticket was good for \d+ s$/ },
];

const stompjs = fileURLToPath(new URL('../esm6/', import.meta.resolve('@stomp/stompjs')));

/** Brings the blocks, and the library that a page would bundle, to the page as files of its own origin. */
async function serve(page) {
  await page.route('**/guide/*.js', (route) => {
    const index = Number(/(\d+)\.js$/.exec(route.request().url())[1]);
    const body = blocks[index].replaceAll("'@stomp/stompjs'", "'/stompjs/index.js'");
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.route('**/stompjs/**', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      path: join(stompjs, new URL(route.request().url()).pathname.slice(9)),
    }),
  );
}

async function signIn(page, user) {
  await page.evaluate(async (name) => {
    const proof = () => ({ 'X-XSRF-TOKEN': /XSRF-TOKEN=([^;]+)/.exec(document.cookie)[1] });
    await fetch('/api/session');
    const answer = await fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...proof() },
      body: JSON.stringify({ login: name, passcode: name }),
    });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
  }, user);
}

describe('The guide for front ends', { timeout: 240_000 }, () => {
  let browser;

  before(async () => {
    browser = await launch();
  });

  after(() => browser?.close());

  test('has no block of JavaScript that is not tried here', () => {
    assert.deepEqual(
      blocks.map((block) => examples.filter((example) => block.includes(example.with)).length),
      blocks.map(() => 1),
    );
    assert.equal(blocks.length, examples.length);
  });

  for (const example of examples) {
    test(`shows what it says with ${example.with}`, async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await serve(page);
      // Any document of the service's origin will do, with its content security policy.
      await page.goto(`${url}/sdk/carillon.js`);
      if (example.user !== undefined) {
        await signIn(page, example.user);
      }
      const complained = complaints(page);
      const printed = new Arrivals();
      page.on('console', (message) => printed.add(message.text()));
      const index = blocks.findIndex((block) => block.includes(example.with));
      await page.evaluate((module) => import(module), `/guide/${index}.js`);
      await printed.until((all) => all.some((line) => example.prints.test(line)), `${example.prints}`);
      assert.deepEqual(complained, []);
      await context.close();
    });
  }
});
