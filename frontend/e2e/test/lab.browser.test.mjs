import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { screenshot } from '../support/browser.mjs';
import { calm, consoleWindows, fits } from '../support/console.mjs';
import { url } from '../support/service.mjs';

const LANES = ['polling', 'long-polling', 'sse', 'xhr-streaming', 'websocket'];

/** Requests that were cut on purpose. */
const CUT = /ERR_ABORTED/;

describe('The transport lab', { timeout: 240_000 }, () => {
  const { open, openAs } = consoleWindows(url);

  const lane = (page, name) => page.locator(`[data-lane="${name}"]`);

  /** A figure of a lane as a number. */
  async function figure(page, name, what) {
    const text = await lane(page, name).locator(`[data-figure="${what}"]`).textContent();
    return Number(text.replaceAll(',', '').replace(/[^\d.].*$/, ''));
  }

  for (const name of LANES) {
    test(`shows what ${name} takes`, async () => {
      const page = await open('#/lab');
      const card = lane(page, name);
      await card.getByRole('button', { name: /^Start/ }).click();
      await card.locator('.lane-state', { hasText: 'running' }).waitFor();
      await card.locator('[data-figure="delay"]', { hasText: /\d.*s$/ }).waitFor();
      await page.waitForFunction(
        (wanted) => Number(document.querySelector(`[data-lane="${wanted}"] [data-figure="messages"]`).textContent) >= 4,
        name,
      );
      for (const what of ['requests', 'headers', 'payload', 'rate']) {
        assert.ok((await figure(page, name, what)) > 0, what);
      }
      // One handshake or response for all messages, or one request for each.
      const requests = await figure(page, name, 'requests');
      const messages = await figure(page, name, 'messages');
      const isOneByOne = name.endsWith('polling');
      assert.ok(isOneByOne ? requests >= 2 : requests <= 4, `${requests} requests for ${messages} messages`);
      const bar = card.getByRole('img');
      assert.match(await bar.getAttribute('aria-label'), /useful.*wrapping.*headers/);
      for (const other of LANES.filter((one) => one !== name)) {
        assert.equal(await lane(page, other).getAttribute('data-state'), 'stopped');
      }
      await card.getByRole('button', { name: /^Stop/ }).click();
      await card.locator('.lane-state', { hasText: 'stopped' }).waitFor();
      await calm(page, CUT);
    });
  }

  test('compares them, and polling is the late one', async () => {
    const page = await open('#/lab');
    await page.getByLabel('Poll every').selectOption('5000');
    await page.getByRole('button', { name: 'Start all' }).click();
    for (const name of LANES) {
      await lane(page, name)
        .locator('[data-figure="delay"]', { hasText: /\d.*s$/ })
        .waitFor();
    }
    await page.waitForFunction(
      () => Number(document.querySelector('[data-lane="polling"] [data-figure="messages"]').textContent) >= 6,
    );
    const millis = async (name) => {
      const text = await lane(page, name).locator('[data-figure="delay"]').textContent();
      return Number.parseFloat(text) * (text.endsWith(' ms') ? 1 : 1000);
    };
    assert.ok((await millis('polling')) > (await millis('websocket')));
    // The head of a request is paid for each answer of a long poll, and once for a WebSocket.
    assert.ok((await figure(page, 'long-polling', 'requests')) > (await figure(page, 'websocket', 'requests')));
    await page.locator('.lab-chart canvas').waitFor();
    await page.locator('[data-lane="polling"] .lane-counted', { hasText: /[1-9]\d* finished answers/ }).waitFor();
    await screenshot(page, 'lab-race', { fullPage: true });
    await calm(page, CUT);
  });

  test('comes back after a cut: each transport goes on where it was, nothing lost, nothing twice', async () => {
    const page = await open('#/lab');
    await page.getByLabel('Poll every').selectOption('500');
    await page.getByRole('button', { name: 'Start all' }).click();
    for (const name of LANES) {
      await lane(page, name)
        .locator('[data-figure="delay"]', { hasText: /\d.*s$/ })
        .waitFor();
    }
    await page.getByLabel('Stay away for').selectOption('3000');
    await page.getByRole('button', { name: 'Cut all' }).click();
    for (const name of LANES) {
      await lane(page, name).locator('[data-recovery="away"]').waitFor();
    }
    for (const name of LANES) {
      const recovered = lane(page, name).locator('[data-recovery="back"]');
      await recovered.filter({ hasText: 'recovered' }).waitFor();
      await recovered.filter({ hasText: /[1-9]\d* replayed, 0 missed, 0 twice/ }).waitFor();
    }
    await screenshot(page, 'lab-recovered', { fullPage: true });
    await calm(page, CUT);
  });

  test('publishes a feed of its own at the rate one chooses', async () => {
    const page = await openAs('alice', '#/lab');
    await page.locator('[name="feed"]').selectOption('own');
    await page.getByLabel('Messages per second').selectOption('20');
    await lane(page, 'websocket')
      .getByRole('button', { name: /^Start/ })
      .click();
    await page.waitForFunction(
      () => Number(document.querySelector('[data-lane="websocket"] [data-figure="messages"]').textContent) >= 40,
    );
    assert.ok((await figure(page, 'websocket', 'rate')) > 5);
    await calm(page, CUT);
  });

  test('is dropped by the service when an operator says so, and comes back', async () => {
    const page = await openAs('operator', '#/lab');
    const card = lane(page, 'websocket');
    await card.getByRole('button', { name: /^Start/ }).click();
    await card.locator('[data-figure="delay"]', { hasText: /\d.*s$/ }).waitFor();
    await card.getByRole('button', { name: 'Have the service end it' }).click();
    await card.getByText('closed by an operator').waitFor();
    await card.locator('[data-recovery="back"]', { hasText: '0 missed, 0 twice' }).waitFor();
    await calm(page);
  });

  test('shows the handshake and how its answer is calculated', async () => {
    const page = await open('#/lab/wire');
    const request = page.locator('[data-wire="request"]');
    await request.filter({ hasText: 'GET /echo HTTP/1.1' }).waitFor();
    const key = /Sec-WebSocket-Key: (\S+)/.exec(await request.textContent())[1];
    assert.equal(await page.getByLabel('Try a key of your own').inputValue(), key);
    const { createHash } = await import('node:crypto');
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    await page.locator('[data-wire="accept"]', { hasText: accept }).waitFor();
    await page.getByRole('button', { name: 'The example of the RFC' }).click();
    await page.locator('[data-wire="accept"]', { hasText: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' }).waitFor();
    await calm(page);
  });

  test('encodes what one types, and reads it again', async () => {
    const page = await open('#/lab/wire');
    const frame = page.locator('[data-frame="1"]');
    await page.getByLabel('Payload').fill('Hello');
    await page.getByLabel('From').selectOption('server');
    await frame.locator('[data-part="payload"]', { hasText: '48 65 6c 6c 6f' }).waitFor();
    await page.getByLabel('Fragments of at most').selectOption('4');
    await page.locator('[data-frame="2"] [data-part="first"]', { hasText: '80' }).waitFor();
    await frame.locator('[data-part="first"]', { hasText: '01' }).waitFor();
    await page.getByLabel('From').selectOption('client');
    await frame.locator('[data-part="mask"]').waitFor();
    const bytes = await frame.locator('.frame-bytes code').allTextContents();
    await page.getByLabel('Bytes of a frame, in hexadecimal').fill(bytes.join(' '));
    await page.locator('[data-wire="decoded"]', { hasText: /more frames follow.*text.*4 bytes: Hell$/ }).waitFor();
    await calm(page);
  });

  test('opens a socket, fills it, and closes it as one says', async () => {
    const page = await open('#/lab/wire');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.locator('[data-fact="readyState"]', { hasText: '1 OPEN' }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.passed li[data-direction="in"] pre', { hasText: /^Hello$/ }).waitFor();
    await page.getByRole('button', { name: /^Send 32 MB/ }).click();
    await page.locator('[data-fact="bufferedAmount"]', { hasText: /highest [\d.]+ MB/ }).waitFor();
    await page.locator('[data-fact="bufferedAmount"]', { hasText: /^ ?0 B/ }).waitFor({ timeout: 60_000 });

    await page.getByLabel('Code', { exact: true }).fill('1005');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByText('InvalidAccessError').waitFor();
    await page.getByLabel('Code', { exact: true }).fill('4321');
    await page.getByLabel('Reason').fill('enough');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.locator('[data-closed="4321"]', { hasText: /wasClean: true.*enough/ }).waitFor();
    await page.locator('[data-fact="readyState"]', { hasText: '3 CLOSED' }).waitFor();
    await calm(page);
  });

  test('shows heart-beats', async () => {
    const page = await open('#/lab/wire');
    await page.getByLabel('Endpoint').selectOption('ws');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    for (const direction of ['in', 'out']) {
      await page.locator(`.passed li[data-direction="${direction}"]`, { hasText: 'heart-beat:' }).first().waitFor();
      await page.locator(`.passed li[data-direction="${direction}"]`, { hasText: 'a line end' }).first().waitFor();
    }
    await calm(page);
  });

  for (const [width, height] of [
    [1280, 900],
    [360, 740],
  ]) {
    for (const colorScheme of ['light', 'dark']) {
      test(`fits ${width} px in ${colorScheme} colours`, async () => {
        const page = await open('#/lab', { viewport: { width, height }, colorScheme });
        if (colorScheme === 'dark') {
          await page.evaluate(() => localStorage.setItem('carillon.language', 'zh'));
          await page.reload();
          await page.getByRole('heading', { name: '传输实验室' }).waitFor();
        }
        await page.locator('[data-lane="websocket"] button').click();
        await page.locator('[data-lane="websocket"] [data-figure="delay"]', { hasText: /\d.*s$/ }).waitFor();
        await fits(page);
        await screenshot(page, `lab-${width}-${colorScheme}`);
        await page.goto(`${url}/#/lab/wire`);
        await page.locator('[data-wire="request"]').waitFor();
        await fits(page);
        await screenshot(page, `wire-${width}-${colorScheme}`, { fullPage: true });
        await calm(page, CUT);
      });
    }
  }
});
