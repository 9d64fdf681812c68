import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createClient } from '@carillon/client';
import { WebSocket } from 'ws';
import { keep, launch, screenshot } from '../support/browser.mjs';
import { live, openAs, openConsole, said, say, signIn, stored } from '../support/console.mjs';
import { carillon } from '../support/process.mjs';
import { unique } from '../support/service.mjs';

/** As many symbols and updates a second of each as a busy desk has. */
const SYMBOLS = 500;
const RATE = 10;

/** How many messages the longest room has. */
const MANY = 50_000;

describe('The console and a service of its own', { timeout: 470_000 }, () => {
  let browser;
  let service;

  before(async () => {
    service = await carillon(
      `--carillon.stocks.simulator.count=${SYMBOLS}`,
      `--carillon.stocks.simulator.rate=${RATE}`,
      '--carillon.scores.simulator.enabled=false',
    );
    [browser] = await Promise.all([launch(), service.start()]);
  });

  after(async () => {
    await browser?.close();
    await service?.close();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });

  test('loses and doubles nothing when the service is killed and comes back', async () => {
    const [alice, bob] = await Promise.all([
      openAs(browser, service.url, 'alice', '#/chat/general'),
      openAs(browser, service.url, 'bob', '#/chat/general'),
    ]);
    const before = Array.from({ length: 5 }, () => unique('before'));
    for (const text of before) {
      await say(alice, text);
      await stored(bob, text);
    }
    // Some of what is under way now was stored and some was not; nobody knows which.
    const during = Array.from({ length: 5 }, () => unique('during'));
    for (const text of during) {
      await say(alice, text);
    }
    await service.kill();
    const away = [unique('away'), unique('away')];
    await say(alice, away[0]);
    await say(bob, away[1]);
    for (const [page, text] of [
      [alice, away[0]],
      [bob, away[1]],
    ]) {
      await said(page, text).and(page.locator('[data-delivery="sending"]')).waitFor();
      await page.getByText('Not connected. What you see may be old').waitFor();
    }
    await screenshot(alice, 'console-killed');
    await service.start();

    // The service has forgotten who is signed in; nothing is sent as a guest meanwhile.
    for (const [page, user] of [
      [alice, 'alice'],
      [bob, 'bob'],
    ]) {
      await page.getByText('The service does not know you any more').waitFor();
      assert.equal(await page.getByRole('dialog').getByLabel('Name').inputValue(), user);
      await signIn(page, user);
      await live(page);
    }
    const all = [...before, ...during, ...away];
    for (const page of [alice, bob]) {
      for (const text of all) {
        await stored(page, text);
      }
      const texts = await page.locator('.said').allTextContents();
      assert.deepEqual(texts.filter((text) => all.includes(text)).sort(), all.toSorted(), 'each once');
      assert.deepEqual(texts.slice(0, 5), before, 'in order');
    }
    const kept = await (await fetch(`${service.url}/api/rooms/general/messages?limit=200`)).json();
    assert.deepEqual(kept.messages.map(({ text }) => text).sort(), all.toSorted());
    assert.deepEqual(
      await alice.locator('.said').allTextContents(),
      kept.messages.map(({ text }) => text),
    );
  });

  test('names users only where there are some whose passwords everybody knows', async () => {
    const production = await carillon('--spring.profiles.active=production', '--server.address=127.0.0.1');
    try {
      await production.start();
      for (const [{ url }, count] of [
        [service, 1],
        [production, 0],
      ]) {
        const page = await openConsole(browser, url);
        await page.locator('.bar').getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('dialog', { name: 'Sign in' }).getByRole('button', { name: 'Go on as a guest' }).waitFor();
        assert.equal(await page.getByText('each password is the name').count(), count, url);
        await page.goto(`${url}/plain/`);
        await page.getByText('Connected as a guest').waitFor();
        assert.equal(await page.getByText('each password is the name').isVisible(), count === 1, url);
      }
    } finally {
      await production.close();
    }
  });

  test(`shows ${SYMBOLS} symbols at ${RATE} updates a second each, drawing once for each picture`, async () => {
    const page = await openConsole(browser, service.url);
    const sockets = [];
    page.on('websocket', (socket) => sockets.push(socket));
    await page.goto(`${service.url}/#/stocks`);
    await page.reload();
    await page.locator('.price[data-moved]').nth(5).waitFor();
    assert.equal(await page.locator('.board-count').textContent(), `${SYMBOLS} symbols`);
    let received = 0;
    sockets.at(-1).on('framereceived', ({ payload }) => {
      received += String(payload).split('MESSAGE\n').length - 1;
    });
    const trace = { ...(await traced(page, 5000)), received };
    const { changes, pictures, rows } = trace;
    keep('stocks-frames', trace);
    // More came in than could be drawn one by one …
    assert.ok(received > 2 * changes, JSON.stringify(trace));
    // … so that the page changed at most once for each picture, and only where somebody looks.
    assert.ok(changes <= pictures + 20, JSON.stringify(trace));
    assert.ok(rows < 60, JSON.stringify(trace));
    // How many pictures there are depends on the machine and on what else it does.
    if (process.env.CARILLON_MEASURE) {
      assert.ok(trace.framesPerSecond >= 50, JSON.stringify(trace));
    }
    await page.locator('.quotes').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.waitForFunction((count) => document.querySelector(`tr[aria-rowindex="${count + 1}"]`) !== null, SYMBOLS);
    assert.ok((await page.locator('tr[data-symbol]').count()) < 60);
  });

  test(`works in a room with ${MANY} messages`, async () => {
    const room = 'random';
    const first = await fill(service.url, room, MANY);
    const page = await openAs(browser, service.url, 'alice', `#/chat/${room}`);
    await said(page, `message ${MANY - 1}`).waitFor();
    // The answer to the very first message leads to it, through all that was said since.
    const client = await connected(service.url, 'bob');
    const answer = unique('answer');
    await client.publish(`/app/chat.${room}.send`, { text: answer, replyTo: first });
    await client.close();
    await said(page, answer).locator('.quote').click();
    await said(page, 'message 0').waitFor({ timeout: 120_000 });
    assert.ok((await page.locator('.row').count()) < 100);
    await screenshot(page, 'console-first-of-many');
    const heard = unique('heard');
    await say(page, heard);
    await stored(page, heard);
    await said(page, answer).waitFor();
    // Up again by hand: what is looked at stays where it is while rows turn out to be higher than was thought.
    const list = page.locator('.talk .virtual');
    await list.hover();
    for (let i = 0; i < 30; i++) {
      await page.mouse.wheel(0, -700);
    }
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await said(page, heard).waitFor();
    assert.ok((await page.locator('.row').count()) < 100);
  });
});

/** A client as a demo user. */
async function connected(url, user) {
  const client = createClient({
    url,
    credentials: { login: user, passcode: user },
    environment: { webSocket: (address, protocols) => new WebSocket(address, protocols) },
  });
  await client.connect();
  return client;
}

/** Says very much in a room; answers with the id of the first message. */
async function fill(url, room, count) {
  const client = await connected(url, 'bob');
  const window = 2000;
  for (let from = 0; from < count; from += window) {
    const texts = Array.from({ length: Math.min(window, count - from) }, (_, index) => `message ${from + index}`);
    await Promise.all(texts.map((text) => client.publish(`/app/chat.${room}.send`, { text })));
  }
  const { messages } = await client.http({ method: 'GET', path: `/api/rooms/${room}/messages?after=0&limit=1` });
  await client.close();
  return messages[0].id;
}

/** Watches a page for some time with the browser's own tracing. */
async function traced(page, millis) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline.frame'] },
  });
  const counted = await page.evaluate(async (duration) => {
    let pictures = 0;
    let changes = 0;
    const observer = new window.MutationObserver(() => changes++);
    observer.observe(document.querySelector('.quotes tbody'), { subtree: true, childList: true, characterData: true });
    const ends = performance.now() + duration;
    await new Promise((done) => {
      const next = () => {
        pictures++;
        if (performance.now() < ends) {
          requestAnimationFrame(next);
        } else {
          done();
        }
      };
      requestAnimationFrame(next);
    });
    observer.disconnect();
    return { pictures, changes, rows: document.querySelectorAll('.quotes tbody tr').length };
  }, millis);
  await session.send('Tracing.end');
  await complete;
  const tasks = events.filter(({ name, ph }) => name === 'RunTask' && ph === 'X');
  const long = tasks.filter(({ dur }) => dur > 50_000).length;
  const drawn = events.filter(({ name }) => name === 'DrawFrame').length;
  return { ...counted, seconds: millis / 1000, framesPerSecond: (drawn * 1000) / millis, longTasks: long };
}
