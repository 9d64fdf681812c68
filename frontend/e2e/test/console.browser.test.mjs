import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { screenshot } from '../support/browser.mjs';
import { calm, composer, consoleWindows, fits, live, said, say, signIn, stored } from '../support/console.mjs';
import { http, unique, url } from '../support/service.mjs';

const MARKUP = `<script>window.harmed = 1</script><img src="x" onerror="window.harmed = 1"><b>bold</b>`;

/** How much a browser may have to load before it shows the first page, compressed, in bytes. */
const FIRST_LOAD = 80 * 1024;

describe('The console', { timeout: 420_000 }, () => {
  const windows = consoleWindows(url);
  const { open } = windows;
  const openAs = (user, hash = '#/chat/general', options) => windows.openAs(user, hash, options);

  test('shows a guest the chat with little to load, and explains that writing needs a name', async () => {
    const context = await windows.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    const loaded = [];
    page.on('response', (response) => {
      if (!new URL(response.url()).pathname.startsWith('/api/')) {
        loaded.push(response);
      }
    });
    await page.goto(`${url}/`);
    await page.getByText('Guests read along').waitFor();
    const sizes = await Promise.all(loaded.map(async (one) => gzipSync(await one.body(), { level: 9 }).length));
    assert.ok(loaded.length >= 5, loaded.map((one) => one.url()).join());
    const size = sizes.reduce((sum, one) => sum + one, 0);
    assert.ok(size < FIRST_LOAD, `${size} bytes`);
    assert.equal(await page.evaluate(() => location.hash), '#/chat/general');
    await page.locator('.composer').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('dialog', { name: 'Sign in' }).getByText('each password is the name').waitFor();
  });

  test('lets two people talk: pending, typing, once, and as text', async () => {
    const [alice, bob] = await Promise.all([openAs('alice'), openAs('bob')]);
    for (const page of [alice, bob]) {
      const people = page.getByRole('complementary', { name: 'People' });
      await people.getByText('alice').waitFor();
      await people.getByText('bob').waitFor();
    }
    await composer(bob).pressSequentially('…');
    await alice.getByText('bob is typing').waitFor();
    const question = `${unique('question')} ${MARKUP}`;
    await say(bob, question);
    await stored(alice, question);
    const answer = unique('answer');
    await say(alice, answer);
    for (const page of [alice, bob]) {
      await stored(page, answer);
      await stored(page, question);
      assert.equal(await said(page, question).count(), 1);
      assert.equal(await said(page, answer).count(), 1);
      assert.equal(await page.locator('.said :is(script, img, b)').count(), 0);
      assert.equal(await page.evaluate(() => window.harmed), undefined);
      await calm(page);
    }
  });

  test('edits, answers, reacts and deletes, and everybody sees it', async () => {
    const [alice, bob] = await Promise.all([openAs('alice'), openAs('bob')]);
    const first = unique('first');
    await say(alice, first);
    await Promise.all([alice, bob].map((page) => stored(page, first)));

    const better = unique('better');
    await composer(alice).press('ArrowUp');
    await alice.getByText('You are editing a message').waitFor();
    await say(alice, better);
    await said(bob, better).waitFor();
    await said(bob, better).getByText('edited').waitFor();
    assert.equal(await said(bob, first).count(), 0);

    await act(bob, better, 'React');
    await bob.getByRole('button', { name: 'React with 🎉' }).click();
    const reaction = said(alice, better).getByRole('button', { name: /^🎉 1/ });
    await reaction.waitFor();
    assert.equal(await reaction.getAttribute('aria-pressed'), 'false');
    await reaction.click();
    await said(bob, better).getByRole('button', { name: /^🎉 2/, pressed: true }).click();
    await said(alice, better).getByRole('button', { name: /^🎉 1/, pressed: true }).waitFor();

    const answer = unique('answer');
    await act(bob, better, 'Reply');
    await say(bob, answer);
    await said(alice, answer).locator('.quote').filter({ hasText: better }).waitFor();

    await act(alice, better, 'Delete');
    await alice.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await said(bob, better).waitFor({ state: 'detached' });
    await said(bob, answer).locator('.quote').filter({ hasText: 'This message was deleted' }).waitFor();
    await calm(alice);
    await calm(bob);
  });

  test('marks what is unread, also in a private room and in direct messages', async () => {
    const room = unique('room');
    const bob = await openAs('bob', '#/chat/random');
    await say(bob, unique('hello'));
    await bob.getByRole('button', { name: 'Create a room' }).click();
    const dialog = bob.getByRole('dialog', { name: 'Create a room' });
    await dialog.getByLabel('Name').fill(room);
    await dialog.getByLabel('What it is for').fill('Only for this test');
    await dialog.getByLabel('For members only').check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await bob.getByRole('heading', { name: room }).waitFor();
    await http('PUT', `/api/rooms/${room}/members/alice`, { user: 'bob', body: {} });

    const alice = await openAs('alice', '#/chat/general');
    const link = alice.getByRole('link', { name: new RegExp(`^${room}`) });
    await link.waitFor();
    const news = unique('news');
    await say(bob, news);
    await link.getByText('1 unread message').waitFor();
    await link.click();
    await stored(alice, news);
    await link.getByText('unread').waitFor({ state: 'detached' });

    const secret = unique('secret');
    await bob.getByRole('button', { name: 'What to do with alice' }).click();
    await bob.getByRole('button', { name: 'Write to alice' }).click();
    await bob.getByRole('heading', { name: 'alice' }).waitFor();
    await say(bob, secret);
    await stored(bob, secret);
    const direct = alice.getByRole('link', { name: /^bob/ });
    await direct.getByText('1 unread message').waitFor();
    await direct.click();
    await stored(alice, secret);
    assert.equal(await said(alice, secret).count(), 1);
    await say(alice, unique('back'));
    assert.equal(await said(bob, secret).count(), 1);
    await calm(alice);
    await calm(bob);
  });

  test('finds what was said, by keyboard alone, and shows it in its place', async () => {
    const room = unique('search');
    await http('POST', '/api/rooms', { user: 'bob', body: { name: room } });
    const needle = unique('Needle');
    const texts = Array.from({ length: 300 }, (_, index) => (index === 20 ? `${needle} ${MARKUP}` : `hay ${index}`));
    for (let from = 0; from < texts.length; from += 100) {
      const body = texts
        .slice(from, from + 100)
        .map((text) => ({ destination: `/app/chat.${room}.send`, json: { text } }));
      await http('POST', '/api/publish', { user: 'bob', body });
    }
    const page = await openAs('alice', `#/chat/${room}`);
    await said(page, 'hay 299').waitFor();
    assert.equal(await said(page, texts[20]).count(), 0);
    await page.getByRole('link', { name: 'Skip to the page' }).focus();
    await tabTo(page, `Search in #${room}`);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: `Search in #${room}` });
    await dialog.waitFor();
    await page.keyboard.type('no such words');
    await page.keyboard.press('Enter');
    await dialog.getByText('Nothing was found for “no such words”.').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(needle.toLowerCase());
    await page.keyboard.press('Enter');
    await dialog.getByText('1 message', { exact: true }).waitFor();
    assert.equal(await dialog.locator('mark').textContent(), needle);
    assert.equal(await dialog.locator('.result-text :is(script, img, b)').count(), 0);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    for (let i = 0; i < 2; i++) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await said(page, texts[20]).and(page.locator('[data-marked]')).waitFor();
    await page.waitForFunction(
      (text) => document.activeElement.matches('.message') && document.activeElement.textContent.includes(text),
      needle,
    );
    await said(page, 'hay 19').waitFor();
    // The arrows go on from there.
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement.textContent.includes('hay 21'));

    const phone = await open(
      `#/chat/${room}`,
      { locale: 'zh-CN', viewport: { width: 360, height: 740 } },
      '连接：实时',
    );
    await phone.getByRole('button', { name: `在 #${room} 中搜索` }).click();
    await phone.getByLabel('要查找的内容').fill('hay');
    await phone.getByRole('button', { name: '搜索', exact: true }).click();
    await phone.getByText('最新的 30 条消息').waitFor();
    await phone.getByRole('button', { name: '继续搜索更早的消息' }).click();
    await phone.getByText('最新的 60 条消息').waitFor();
    await fits(phone);
    await screenshot(phone, 'console-search-360');
    await phone.getByRole('list', { name: '搜索结果' }).getByRole('button').nth(40).click();
    await said(phone, 'hay 259').and(phone.locator('[data-marked]')).waitFor();
    await calm(page);
    await calm(phone);
  });

  test('explains a room that one may not enter, and lets in who signs in as a member', async () => {
    const room = unique('closed');
    await http('POST', '/api/rooms', { user: 'bob', body: { name: room, access: 'members' } });
    const page = await open(`#/chat/${room}`);
    await page.getByRole('heading', { name: `You cannot enter #${room}` }).waitFor();
    await page.getByText('it is for members only').waitFor();
    await screenshot(page, 'console-denied');
    await page.locator('.talk').getByRole('button', { name: 'Sign in' }).click();
    await signIn(page, 'alice');
    await page.getByText('An owner or moderator of the room can let alice in').waitFor();
    await http('PUT', `/api/rooms/${room}/members/alice`, { user: 'bob', body: {} });
    await page.locator('.talk').getByRole('button', { name: 'Try again' }).click();
    await composer(page).waitFor();
    // Whoever is sent away is told.
    await http('DELETE', `/api/rooms/${room}/members/alice`, { user: 'bob' });
    await page.getByRole('heading', { name: `You are not in #${room} any more` }).waitFor();
    await calm(page, /404/);
  });

  test('lets a moderator slow a room down and mute somebody, who is told why', async () => {
    const room = unique('calm');
    await http('POST', '/api/rooms', { user: 'alice', body: { name: room } });
    const [alice, bob] = await Promise.all([openAs('alice', `#/chat/${room}`), openAs('bob', `#/chat/${room}`)]);
    await alice.getByRole('button', { name: 'About this room' }).click();
    await alice.getByLabel('Slow mode').selectOption('300');
    await alice.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await alice.getByText('Slow mode: 300 s').waitFor();
    const [first, second] = [unique('first'), unique('second')];
    await say(bob, first);
    await stored(alice, first);
    await say(bob, second);
    const failed = said(bob, second).and(bob.locator('[data-delivery="failed"]'));
    await failed.getByText('Slow mode of').waitFor();
    await screenshot(bob, 'console-failed');
    await alice.getByRole('button', { name: 'What to do with bob' }).click();
    await alice.getByRole('button', { name: 'Mute for 10 min' }).click();
    await alice.getByText('bob is muted for 10 min').waitFor();
    await failed.getByRole('button', { name: 'Send again' }).click();
    await failed.getByText('You are muted in').waitFor();
    await failed.getByRole('button', { name: 'Discard' }).click();
    await failed.waitFor({ state: 'detached' });
    assert.equal(await said(alice, second).count(), 0);
    await calm(alice);
    await calm(bob);
  });

  test('shows quotes that change, draws candles, and tells when a price is reached', async () => {
    const page = await openAs('alice', '#/stocks');
    const moved = page.locator('.price[data-moved]').first();
    await moved.waitFor();
    const symbol = await page.locator('tr:has(.price[data-moved])').first().getAttribute('data-symbol');
    const price = page.locator(`tr[data-symbol="${symbol}"] .price`);
    const before = await price.textContent();
    await page.waitForFunction(
      ([wanted, old]) => document.querySelector(`tr[data-symbol="${wanted}"] .price`).textContent !== old,
      [symbol, before],
    );
    await page.getByRole('link', { name: symbol, exact: true }).click();
    const chart = page.getByRole('img', { name: new RegExp(`^${symbol}: \\d+ candles`) });
    await chart.waitFor();
    await chart.locator('canvas').waitFor();
    // Whichever way it goes, one of them is reached soon; those that are reached already are refused.
    for (const step of [0.0001, -0.0001, 0.0003, -0.0003, 0.001, -0.001]) {
      const now = Number((await page.locator('.detail-price').textContent()).replaceAll(',', ''));
      await page.getByLabel('Direction').selectOption(step > 0 ? 'above' : 'below');
      await page
        .getByLabel('Price', { exact: true })
        .fill((now + Math.sign(step) * Math.max(0.01, Math.abs(now * step))).toFixed(2));
      await page.getByRole('button', { name: 'Set alert' }).click();
    }
    await page.locator('.toast').filter({ hasText: 'it stands at' }).waitFor();
    await calm(page);
  });

  test('keeps a watch list', async () => {
    const page = await open('#/stocks');
    await page.getByRole('button', { name: 'Watch MSFT' }).click();
    await page.getByRole('button', { name: 'Watched' }).click();
    await page.locator('tr[data-symbol="AAPL"]').waitFor({ state: 'detached' });
    assert.deepEqual(await page.locator('tr[data-symbol]').count(), 1);
    await page.reload();
    await page.locator('tr[data-symbol="MSFT"] .price[data-moved]').waitFor();
    await page.getByRole('button', { name: 'All' }).click();
    await page.locator('tr[data-symbol="AAPL"]').waitFor();
    await page.getByLabel('Find a symbol').fill('goo');
    await page.getByText('1 symbol', { exact: true }).waitFor();
    await calm(page);
  });

  test('shows everybody what an operator says, as text, until they have read it', async () => {
    const topic = `/topic/notices.${unique('news')}`;
    const [alice, operator] = await Promise.all([
      openAs('alice'),
      openAs('operator', `#/operations/publish/${encodeURIComponent(topic)}`),
    ]);
    const announced = (page) => page.getByRole('status', { name: 'Announcements' });
    const publish = async (text) => {
      await operator.getByLabel('Body').fill(JSON.stringify({ text }));
      await operator.getByRole('button', { name: 'Publish', exact: true }).click();
    };
    const [first, second] = [`${unique('Back at noon')} ${MARKUP}`, unique('Back at one')];
    await publish(first);
    for (const page of [alice, operator]) {
      await announced(page).getByText(first).waitFor();
      assert.equal(await announced(page).locator(':is(script, img, b)').count(), 0);
      assert.equal(await page.evaluate(() => window.harmed), undefined);
    }
    await screenshot(alice, 'console-notice');
    const item = announced(alice).getByRole('listitem').filter({ hasText: first });
    await item.getByRole('button', { name: 'Dismiss this notice' }).click();
    await item.waitFor({ state: 'detached' });
    await alice.reload();
    await live(alice);
    await publish(second);
    await announced(alice).getByText(second).waitFor();
    assert.equal(await announced(alice).getByText(first).count(), 0, 'was read');
    const guest = await open('#/stocks', { locale: 'zh-CN', viewport: { width: 360, height: 740 } }, '连接：实时');
    await guest.getByRole('status', { name: '公告' }).getByText(second).waitFor();
    await fits(guest);
    // Taken back.
    await publish('');
    for (const page of [announced(alice), guest.getByRole('status', { name: '公告' })]) {
      await page.getByText(second).waitFor({ state: 'detached' });
    }
    await calm(alice);
    await calm(guest);
  });

  test('tells the truth about the connection and goes on after a cut', async () => {
    const [alice, bob] = await Promise.all([openAs('alice'), openAs('bob')]);
    await alice.context().setOffline(true);
    const badge = alice.locator('.badge');
    await badge.click();
    await alice.getByRole('button', { name: 'Cut it' }).click();
    await badge.and(alice.getByRole('button', { name: /No network/ })).waitFor();
    const [own, others] = [unique('own'), unique('others')];
    await say(alice, own);
    await said(alice, own).and(alice.locator('[data-delivery="sending"]')).waitFor();
    await say(bob, others);
    await stored(bob, others);
    assert.equal(await said(alice, others).count(), 0, 'is away');
    assert.equal(await said(bob, own).count(), 0, 'is not sent');
    await alice.context().setOffline(false);
    await live(alice);
    for (const page of [alice, bob]) {
      await stored(page, own);
      await stored(page, others);
      assert.equal(await said(page, own).count(), 1);
      assert.equal(await said(page, others).count(), 1);
    }
  });

  test('sends once what waited when the page was loaded again', async () => {
    const [alice, bob] = await Promise.all([openAs('alice'), openAs('bob')]);
    // The page can be loaded, but nothing that the client wants gets through.
    let isCut = true;
    await alice.context().route(/\/api\//, (route) => (isCut ? route.abort() : route.continue()));
    await alice
      .context()
      .routeWebSocket(/\/ws/, (socket) => (isCut ? socket.close({ code: 4002 }) : socket.connectToServer()));
    await alice.locator('.badge').click();
    await alice.getByRole('button', { name: 'Cut it' }).click();
    const [room, direct, last] = [unique('waits'), unique('waits'), unique('last')];
    await say(alice, room);
    await said(alice, room).and(alice.locator('[data-delivery="sending"]')).waitFor();
    await alice.evaluate(() => {
      location.hash = '#/stocks';
    });
    await alice.reload();
    await alice.getByRole('link', { name: 'Stocks' }).waitFor();
    assert.equal(await said(bob, room).count(), 0, 'is not sent');
    isCut = false;
    await alice.getByRole('button', { name: 'Account of alice' }).waitFor();
    // Whichever page is open.
    await stored(bob, room);
    await alice.goto(`${url}/#/chat/@bob`);
    await alice.getByRole('heading', { name: 'bob' }).waitFor();
    await live(alice);
    isCut = true;
    await alice.locator('.badge').click();
    await alice.getByRole('button', { name: 'Cut it' }).click();
    await say(alice, direct);
    await say(alice, last);
    await said(alice, last).and(alice.locator('[data-delivery="sending"]')).waitFor();
    await alice.reload();
    isCut = false;
    await bob.getByRole('link', { name: /^alice/ }).click();
    for (const page of [alice, bob]) {
      await stored(page, direct);
      await stored(page, last);
      const texts = await page.locator('.said').allTextContents();
      assert.deepEqual(
        texts.filter((text) => [direct, last].includes(text)),
        [direct, last],
      );
    }
    await alice.waitForFunction(() => window.sessionStorage.length === 0);
    // Loaded once more, nothing is left to send.
    await alice.goto(`${url}/#/chat/general`);
    await alice.reload();
    await stored(alice, room);
    await live(alice);
    assert.equal(await said(alice, room).count(), 1);
    const { messages } = await http('GET', `/api/rooms/general/messages?query=${room}`);
    assert.equal(messages.length, 1);
  });

  test('can be used with the keyboard alone, and everything has a name', async () => {
    const page = await open('#/chat/general');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Skip to the page');
    await tabTo(page, 'Sign in');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    assert.equal(await focused(page), 'Name');
    await page.keyboard.type('bob');
    await page.keyboard.press('Tab');
    await page.keyboard.type('bob');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Account of bob' }).waitFor();
    await tabTo(page, 'Message to #general');
    const text = unique('keyboard');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await stored(page, text);
    // Back to the newest message, and by the tabulator to what one can do with it.
    for (let i = 0; i < 8 && !(await page.evaluate(() => document.activeElement.matches('.message'))); i++) {
      await page.keyboard.press('Shift+Tab');
    }
    assert.ok(await page.evaluate((wanted) => document.activeElement.textContent.includes(wanted), text));
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'React');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'React with 👍');
    await page.keyboard.press('Enter');
    await said(page, text).getByRole('button', { name: /^👍 1/, pressed: true }).waitFor();
    for (const hash of ['#/chat/general', '#/stocks/AAPL']) {
      await page.goto(`${url}/${hash}`);
      await page.locator(hash.startsWith('#/chat') ? '.composer' : '.chart').waitFor();
      assert.deepEqual(await unnamed(page), []);
    }
    await calm(page);
  });

  test('speaks Chinese to those who do, and remembers another choice', async () => {
    const context = await windows.newContext({ locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${url}/#/stocks`);
    await page.getByRole('link', { name: '聊天' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
    await page.getByRole('button', { name: '设置' }).click();
    await page.getByLabel('语言').selectOption('en');
    await page.getByRole('link', { name: 'Chat' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Chat' }).waitFor();
  });

  test('follows the system to dark colours, and a choice against it', async () => {
    const page = await open('#/stocks', { colorScheme: 'dark' });
    const background = () => page.evaluate(() => window.getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Theme').selectOption('light');
    const light = await background();
    assert.notEqual(light, dark);
    await page.reload();
    assert.equal(await background(), light);
    await calm(page);
  });

  for (const [width, height] of [
    [360, 740],
    [768, 1000],
    [1280, 800],
  ]) {
    for (const colorScheme of ['light', 'dark']) {
      test(`fits ${width} px in ${colorScheme} colours`, async () => {
        const page = await openAs('alice', '#/chat/general', { viewport: { width, height }, colorScheme });
        const long = `${unique('W')}${'W'.repeat(300)}`;
        await say(page, long);
        await stored(page, long);
        await fits(page);
        await screenshot(page, `console-chat-${width}-${colorScheme}`);
        await page.goto(`${url}/#/stocks`);
        await page.locator('.price[data-moved]').first().waitFor();
        await fits(page);
        await screenshot(page, `console-stocks-${width}-${colorScheme}`);
        await page.goto(`${url}/#/stocks/AAPL`);
        await page.locator('.chart canvas').waitFor();
        await fits(page);
        assert.deepEqual(await tooFaint(page), []);
        await screenshot(page, `console-stock-${width}-${colorScheme}`);
        await calm(page);
      });
    }
  }
});

/** Does something with a message, as the pointer would. */
async function act(page, text, what) {
  await said(page, text).hover();
  await said(page, text).getByRole('button', { name: what, exact: true }).click();
}

/** The name of what the keyboard goes to. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = element.labels?.[0]?.querySelector('span') ?? element.labels?.[0];
    return (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent).trim();
  });
}

async function tabTo(page, name) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === name) {
      return;
    }
  }
  assert.fail(`${name} is not reached by Tab`);
}

/** What one can use but has no name for those who do not see it. */
function unnamed(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a, input, select, textarea')]
      .filter((one) => {
        const own = one.getAttribute('aria-label') ?? one.getAttribute('title') ?? one.textContent.trim();
        return own === '' && !(one.labels?.length > 0);
      })
      .map((one) => one.outerHTML),
  );
}

/** Texts whose contrast to what is behind them is below 4.5 to 1 (WCAG 2.2, 1.4.3). */
function tooFaint(page) {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour) => {
      const [r, g, b] = colour.map((part) => {
        const value = part / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let one = element; one !== null; one = one.parentElement) {
        const colour = rgba(window.getComputedStyle(one).backgroundColor);
        if (colour[3] > 250) {
          return colour;
        }
      }
      return [255, 255, 255, 255];
    };
    const faint = [];
    for (const element of document.querySelectorAll('p, a, button, h1, h2, h3, dt, dd, th, td, span')) {
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
      const isDecoration = element.closest('.star, .price, [aria-hidden="true"], :disabled') !== null;
      if (!hasText || isDecoration || element.offsetParent === null) {
        continue;
      }
      const [one, other] = [luminance(rgba(window.getComputedStyle(element).color)), luminance(behind(element))];
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (contrast < 4.5) {
        faint.push(`${contrast.toFixed(2)}: ${element.textContent.trim().slice(0, 40)}`);
      }
    }
    return faint;
  });
}
