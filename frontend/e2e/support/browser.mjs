import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What keeps a browser from talking to anybody but the page. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const screenshots = resolve(
  process.env.CARILLON_SCREENSHOTS ?? fileURLToPath(new URL('../../../target/screenshots', import.meta.url)),
);

/** Starts Chromium without a window. */
export function launch() {
  return chromium.launch({ executablePath: executable(), args: FLAGS });
}

function executable() {
  const path = process.env.CARILLON_CHROMIUM ?? PATHS.find((candidate) => existsSync(candidate));
  if (path === undefined || !existsSync(path)) {
    throw new Error(
      'Chromium is missing: install the package chromium (apt-get install chromium), or set CARILLON_CHROMIUM to its path',
    );
  }
  return path;
}

/** Keeps a picture of a page in target/screenshots. */
export async function screenshot(page, name, options = {}) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), ...options });
}

/** Keeps what was measured beside the pictures. */
export function keep(name, measured) {
  mkdirSync(screenshots, { recursive: true });
  writeFileSync(join(screenshots, `${name}.json`), `${JSON.stringify(measured, null, 2)}\n`);
}

/**
 * Notes whatever a page complains about, for the test to find.
 *
 * @returns {string[]} filled as it happens
 */
export function complaints(page) {
  const all = [];
  page.on('console', (message) => {
    // A document that names no icon is asked for one by the browser itself.
    const isIcon = message.location().url.endsWith('/favicon.ico');
    if (!isIcon && (message.type() === 'error' || message.type() === 'warning')) {
      all.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (failure) => all.push(`exception: ${failure.stack}`));
  page.on('requestfailed', (request) => all.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  return all;
}
