import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { complaints, launch } from './browser.mjs';

/** What the badge says of a connection that works. */
const LIVE = 'Connection: Live';

/** Opens the console in a window of its own, as of another person on another machine. */
export async function openConsole(browser, url, hash = '', options = {}, badge = LIVE) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.complained = complaints(page);
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));
  });
  await page.goto(`${url}/${hash}`);
  await live(page, badge);
  return page;
}

/** Opens it and signs in as one of the demo users. */
export async function openAs(browser, url, user, hash, options) {
  const page = await openConsole(browser, url, hash, options);
  await page.locator('.bar').getByRole('button', { name: 'Sign in' }).click();
  await signIn(page, user);
  await page.getByRole('button', { name: `Account of ${user}` }).waitFor();
  await live(page);
  return page;
}

/** The windows of the tests of a `describe`: those of a test are closed after it, the browser at the end. */
export function consoleWindows(url) {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  return {
    /** A window as of another person on another machine, with nothing in it. */
    newContext: (options) => browser.newContext(options),
    open: (hash, options, badge) => openConsole(browser, url, hash, options, badge),
    openAs: (user, hash, options) => openAs(browser, url, user, hash, options),
  };
}

/** Fills in the dialog that is open. */
export async function signIn(page, user, password = user) {
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.getByLabel('Name').fill(user);
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
}

/** Waits until the badge says that there is a connection. */
export async function live(page, badge = LIVE) {
  await page.getByRole('button', { name: badge }).waitFor();
}

/** The message with exactly this text. */
export function said(page, text) {
  return page.locator('.message').filter({ has: page.locator('.said').getByText(text, { exact: true }) });
}

/** Where one writes. */
export function composer(page) {
  return page.getByRole('textbox', { name: /^Message to / });
}

/** Writes something and sends it. */
export async function say(page, text) {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Waits until a message is stored. */
export async function stored(page, text) {
  await said(page, text).and(page.locator('[data-delivery="stored"]')).waitFor();
}

/** Nothing failed, and nothing broke the policy of the page. */
export async function calm(page, expected = /$^/) {
  assert.deepEqual(
    // What a page was asking for when it was left is no failure.
    page.complained.filter((one) => !expected.test(one) && !one.includes('ERR_ABORTED')),
    [],
  );
  assert.deepEqual(await page.evaluate(() => window.violations), []);
}

/** Nothing is wider than the window. */
export async function fits(page) {
  const { wide, width } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    width: window.innerWidth,
  }));
  assert.ok(wide <= width, `${wide} px in ${width} px`);
}
