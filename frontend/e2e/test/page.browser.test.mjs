import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { complaints, launch, screenshot } from '../support/browser.mjs';
import { unique, url } from '../support/service.mjs';
import { as, client } from '../support/stomp.mjs';

/** Where the page is served. */
const PAGE = `${url}/plain/`;

const MARKUP = `<script>window.harmed = 1</script><img src="x" onerror="window.harmed = 1"><b>bold</b>`;

describe('The page', { timeout: 420_000 }, () => {
  let browser;
  const contexts = [];
  const clients = [];

  before(async () => {
    browser = await launch();
  });

  after(() => browser?.close());

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((one) => one.close()));
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  /** A window of its own, as of another person on another machine. */
  async function open(options = {}) {
    const context = await browser.newContext(options);
    contexts.push(context);
    const page = await context.newPage();
    page.complained = complaints(page);
    await page.addInitScript(() => {
      window.violations = [];
      addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));
    });
    await page.goto(PAGE);
    await stateIs(page, 'Connected as a guest');
    return page;
  }

  async function signIn(page, user, passcode = user) {
    await page.getByLabel('Name').fill(user);
    await page.getByLabel('Password').fill(passcode);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  async function openAs(user, options) {
    const page = await open(options);
    await signIn(page, user);
    await stateIs(page, `Connected as ${user}`);
    return page;
  }

  async function node(user) {
    const one = client({ connectHeaders: { ...as(user), 'soft-errors': 'true' } });
    clients.push(one);
    await one.connect();
    return one;
  }

  test('shows a guest the handshake, quotes and scores, and explains that writing needs a name', async () => {
    const page = await open();
    await fact(page, 'fact-url', /^ws:\/\/.+\/ws$/);
    await fact(page, 'fact-ready-state', /^1 OPEN$/);
    await fact(page, 'fact-buffered', /^\d+ B$/);
    await fact(page, 'fact-protocol', /^v11\.stomp$/);
    await fact(page, 'fact-extensions', /^none$/);
    await fact(page, 'fact-version', /^1\.1$/);
    await fact(page, 'fact-user', /^guest-/);
    await fact(page, 'fact-heart-beat', /every/);
    await fact(page, 'fact-negotiated', /soft-errors/);
    await page.locator('#quotes tr').nth(3).waitFor();
    await page.locator('#scores .match').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Send' }).isDisabled(), true);
    assert.equal(await page.locator('#text').getAttribute('placeholder'), 'Sign in to write');
    await calm(page);
  });

  test('lets two people talk, and shows what they write as text', async () => {
    const [alice, bob] = await Promise.all([openAs('alice'), openAs('bob')]);
    for (const page of [alice, bob]) {
      await page.locator('#online', { hasText: 'alice' }).filter({ hasText: 'bob' }).waitFor();
    }
    const question = `${unique('question')} ${MARKUP}`;
    await bob.getByLabel('Message', { exact: true }).pressSequentially('…');
    await alice.locator('#typing', { hasText: 'bob is typing' }).waitFor();
    await bob.getByLabel('Message', { exact: true }).fill(question);
    await bob.getByRole('button', { name: 'Send' }).click();
    const answer = unique('answer');
    await said(alice, question).waitFor();
    await alice.getByLabel('Message', { exact: true }).fill(answer);
    await alice.getByLabel('Message', { exact: true }).press('Enter');
    for (const page of [alice, bob]) {
      await said(page, answer).waitFor();
      await page.locator('.message.pending').waitFor({ state: 'detached' });
      assert.equal(await said(page, question).count(), 1);
      assert.equal(await said(page, answer).count(), 1);
      assert.equal(await page.locator('#messages :is(script, img, .said b)').count(), 0);
      assert.equal(await page.evaluate(() => window.harmed), undefined);
      await calm(page);
    }
    await screenshot(alice, 'chat-alice');
    await screenshot(bob, 'chat-bob');

    // Whoever comes later finds it in the history.
    const late = await open();
    await said(late, answer).waitFor();
  });

  test('carries a direct message to one person only', async () => {
    const [alice, bob, guest] = [await openAs('alice'), await openAs('bob'), await open()];
    const secret = `${unique('secret')} ${MARKUP}`;
    await bob.getByRole('button', { name: 'Direct' }).click();
    await bob.getByLabel('To', { exact: true }).fill('alice');
    await bob.getByLabel('Message', { exact: true }).fill(secret);
    await bob.getByLabel('Message', { exact: true }).press('Enter');
    await alice.locator('[data-room="direct"][data-unread]').waitFor();
    await alice.getByRole('button', { name: 'Direct' }).click();
    await said(alice, secret).waitFor();
    await said(bob, secret).waitFor();
    assert.equal(await said(bob, secret).count(), 1);
    // The guest has seen everything that was said in public after it.
    const publicly = unique('public');
    await bob.getByRole('button', { name: '#general' }).click();
    await bob.getByLabel('Message', { exact: true }).fill(publicly);
    await bob.getByLabel('Message', { exact: true }).press('Enter');
    await said(guest, publicly).waitFor();
    assert.equal((await guest.content()).includes(secret.split(' ')[0]), false);
  });

  test('marks quotes that change', async () => {
    const page = await open();
    const cell = page.locator('#quotes td[data-cell="price"][data-moved]').first();
    await cell.waitFor();
    const symbol = await cell.locator('xpath=..').getAttribute('data-symbol');
    const price = page.locator(`#quotes tr[data-symbol="${symbol}"] td[data-cell="price"]`);
    const before = await price.textContent();
    await page.waitForFunction(
      ([wanted, old]) =>
        document.querySelector(`#quotes tr[data-symbol="${wanted}"] td[data-cell="price"]`).textContent !== old,
      [symbol, before],
    );
    assert.match(await price.getAttribute('data-moved'), /^(up|down)$/);
    await calm(page);
  });

  test('shows a goal as soon as the scorer reports it', async () => {
    const page = await open();
    const scorer = await node('scorer');
    const id = unique('match');
    const fixture = { kind: 'soccer', home: `Home <i>${id}</i>`, away: 'Away' };
    await scorer.send('/app/scores.create', JSON.stringify({ id, fixture }));
    await scorer.send(`/app/scores.${id}.event`, JSON.stringify({ event: { kind: 'period-start' } }));
    const match = page.locator(`[data-match="${id}"]`);
    await match.locator('.status', { hasText: 'first half' }).waitFor();
    assert.equal(await match.locator('.score[data-side="home"]').textContent(), '0');
    const goal = { kind: 'goal', team: 'home', player: 'N. Moreau' };
    await scorer.send(`/app/scores.${id}.event`, JSON.stringify({ event: goal }));
    await match.locator('.score[data-side="home"]', { hasText: '1' }).waitFor();
    assert.match(await match.locator('.last').textContent(), /Goal for Home .*N\. Moreau/);
    assert.equal(await match.locator('i').count(), 0);
    await scorer.send(`/app/scores.${id}.event`, JSON.stringify({ event: { kind: 'abandoned' } }));
    await match.locator('.status', { hasText: 'abandoned' }).waitFor();
    await calm(page);
  });

  test('continues after a cut: nothing lost, nothing twice, what was typed meanwhile is sent', async () => {
    const page = await openAs('alice');
    await page.locator('#quotes tr').nth(3).waitFor();
    const bob = await node('bob');
    const before = unique('before');
    await bob.send('/app/chat.general.send', JSON.stringify({ text: before }));
    await said(page, before).waitFor();

    await page.getByLabel('Stay away for').selectOption('3');
    await page.getByRole('button', { name: 'Cut the connection' }).click();
    await stateIs(page, 'Cut, back in');
    await page.locator('#recovery[data-kind="away"]', { hasText: 'is kept' }).waitFor();
    const own = unique('own');
    await page.getByLabel('Message', { exact: true }).fill(own);
    await page.getByLabel('Message', { exact: true }).press('Enter');
    await page.locator('.message.pending', { hasText: own }).waitFor();
    const meanwhile = Array.from({ length: 5 }, () => unique('meanwhile'));
    for (const text of meanwhile) {
      await bob.send('/app/chat.general.send', JSON.stringify({ text }));
    }
    assert.equal(await said(page, meanwhile[0]).count(), 0, 'is away');
    await screenshot(page, 'cut');

    await stateIs(page, 'Connected as alice');
    await said(page, meanwhile.at(-1)).waitFor();
    await page.locator('.message.pending').waitFor({ state: 'detached' });
    const texts = await page.locator('#messages .said').allTextContents();
    const ours = texts.filter((text) => [before, own, ...meanwhile].includes(text));
    assert.deepEqual(ours, [before, ...meanwhile, own]);

    const row = page.locator('#subscriptions tr[data-destination="/topic/chat.general"]');
    await row.filter({ hasText: 'recovered:true' }).waitFor();
    assert.ok(Number(await row.locator('[data-cell="replayed"]').textContent()) >= meanwhile.length);
    for (const cell of ['missed', 'twice']) {
      const numbers = await page.locator(`#subscriptions [data-cell="${cell}"]`).allTextContents();
      assert.ok(numbers.length >= 5);
      assert.deepEqual(new Set(numbers), new Set(['0']), cell);
    }
    await page.locator('#recovery[data-kind="whole"]', { hasText: '0 missed, 0 twice' }).waitFor();
    assert.match(await page.locator('#closes [data-code="3000"]').textContent(), /cut on this page/);
    await screenshot(page, 'recovered');
    await calm(page);
  });

  test('explains a wrong password, does not insist, and lets one try again', async () => {
    const page = await open();
    await signIn(page, 'alice', 'not the password');
    await page.getByRole('alert').filter({ hasText: 'passcode is wrong' }).waitFor();
    await stateIs(page, 'Not connected');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'passcode');
    assert.equal((await page.locator('body').textContent()).includes('not the password'), false);
    await screenshot(page, 'wrong-password');
    await signIn(page, 'alice');
    await stateIs(page, 'Connected as alice');
    assert.equal(await page.getByRole('alert').isVisible(), false);
  });

  for (const transport of ['websocket', 'sockjs']) {
    test(`signs in over HTTP and connects with a ticket over ${transport}, and shows neither`, async () => {
      const page = await open();
      const sent = [];
      page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
      page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(`FRAME ${payload}`)));
      await page.getByLabel('Transport').selectOption(transport);
      await page.getByLabel('Show').selectOption('all');
      await signIn(page, 'alice');
      await stateIs(page, 'Connected as alice');
      await page.locator('#frames').filter({ hasText: 'user-name:alice' }).waitFor({ state: 'attached' });
      assert.equal(sent.filter((line) => /^POST .*\/api\/session /.test(line)).length, 1);
      assert.equal(sent.filter((line) => /^POST .*\/api\/tickets /.test(line)).length, 1);
      assert.equal(
        sent.some((line) => line.startsWith('FRAME') && line.includes('passcode')),
        false,
      );
      assert.equal(/(ticket[=:])[A-Za-z0-9_-]{43}/.test(await page.locator('body').textContent()), false);
      await fact(page, 'fact-url', transport === 'websocket' ? /\/ws$/ : /\/sockjs$/);

      await page.reload();
      await stateIs(page, 'Connected as alice');
      await page.getByRole('button', { name: 'Stay a guest' }).click();
      await stateIs(page, 'Connected as a guest');
      await page.reload();
      await stateIs(page, 'Connected as a guest');
      await calm(page);
    });
  }

  test('ends in all tabs of a browser when somebody signs out in one', async () => {
    const page = await openAs('alice');
    const other = await page.context().newPage();
    await other.goto(PAGE);
    await stateIs(other, 'Connected as alice');
    await other.getByRole('button', { name: 'Stay a guest' }).click();
    await stateIs(other, 'Connected as a guest');
    await stateIs(page, 'Not connected');
    assert.match(await page.locator('#closes [data-code="4008"]').textContent(), /signed out.*do not come back/);
  });

  test('says goodbye with 1000 and comes back when asked', async () => {
    const page = await openAs('bob');
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await stateIs(page, 'Not connected');
    await page.locator('#closes [data-code="1000"]', { hasText: 'normal' }).waitFor();
    await page.getByRole('button', { name: 'Stay a guest' }).click();
    await stateIs(page, 'Connected as a guest');
    await calm(page);
  });

  test('works over SockJS and with batch:true as well', async () => {
    const page = await open();
    await page.getByLabel('Transport').selectOption('sockjs');
    await page.getByLabel('Let several frames').check();
    await signIn(page, 'demo');
    await stateIs(page, 'Connected as demo');
    await fact(page, 'fact-protocol', /^websocket$/);
    await fact(page, 'fact-buffered', /SockJS/);
    const text = unique('sockjs');
    await page.getByLabel('Message', { exact: true }).fill(text);
    await page.getByLabel('Message', { exact: true }).press('Enter');
    await said(page, text).waitFor();

    await page.getByLabel('Transport').selectOption('websocket');
    await signIn(page, 'demo');
    await fact(page, 'fact-negotiated', /batch/);
    await page.locator('#quotes tr').nth(3).waitFor();
    await calm(page);
  });

  test('can be used with the keyboard alone, and every field has a label', async () => {
    const page = await open();
    await page.getByLabel('Name').focus();
    await page.keyboard.type('bob');
    await page.keyboard.press('Tab');
    await page.keyboard.type('bob');
    await page.keyboard.press('Enter');
    await stateIs(page, 'Connected as bob');
    const reached = new Set();
    for (const [key, times] of [
      ['Shift+Tab', 4],
      ['Tab', 40],
    ]) {
      for (let i = 0; i < times; i++) {
        await page.keyboard.press(key);
        reached.add(await page.evaluate(() => document.activeElement?.id));
      }
    }
    for (const id of ['cut', 'cut-seconds', 'guest', 'disconnect', 'text', 'send', 'frames-filter', 'frames-pause']) {
      assert.ok(reached.has(id), `${id} is reached by Tab`);
    }
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll('input, select')].filter((field) => field.labels.length === 0).map(({ id }) => id),
    );
    assert.deepEqual(unnamed, []);
  });

  for (const [width, height] of [
    [1280, 900],
    [360, 740],
  ]) {
    for (const colorScheme of ['light', 'dark']) {
      test(`fits ${width} px in ${colorScheme} colours`, async () => {
        const page = await openAs('alice', { viewport: { width, height }, colorScheme });
        await page.locator('#quotes tr').nth(3).waitFor();
        await page.locator('#scores .match').first().waitFor();
        const long = 'W'.repeat(300);
        await page.getByLabel('Message', { exact: true }).fill(long);
        await page.getByLabel('Message', { exact: true }).press('Enter');
        await said(page, long).first().waitFor();
        await page.getByText('All close codes of the service').click();
        await page.locator('#frames summary').first().click();
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(scrollWidth <= width, `${scrollWidth} px`);
        await page.evaluate(() => scrollTo(0, 0));
        await screenshot(page, `page-${width}-${colorScheme}`, { fullPage: true });
        await calm(page);
      });
    }
  }
});

async function stateIs(page, text) {
  await page.locator('#state-text', { hasText: text }).waitFor();
}

async function fact(page, id, pattern) {
  await page.locator(`#${id}`).filter({ hasText: pattern }).waitFor();
}

function said(page, text) {
  return page.locator('#messages .said').getByText(text, { exact: true });
}

/** Nothing failed, and nothing broke the policy of the page. */
async function calm(page) {
  // What a page was asking for when it was left is no failure.
  assert.deepEqual(
    page.complained.filter((one) => !one.includes('ERR_ABORTED')),
    [],
  );
  assert.deepEqual(await page.evaluate(() => window.violations), []);
}
