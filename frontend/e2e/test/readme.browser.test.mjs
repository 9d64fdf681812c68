import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { complaints, launch, screenshot } from '../support/browser.mjs';
import { url } from '../support/service.mjs';

const example = readFileSync(new URL('../../examples/webjars/index.html', import.meta.url), 'utf8');

let browser;
let folder;

before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'carillon-readme-'));
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the README shows the example for the webjars', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const block = /```html\n([\s\S]*?)```/.exec(readme);
  assert.ok(block, 'README.md has an example in HTML');
  assert.equal(block[1], example);
});

test('the example of the README shows quotes when it is opened from a file', async () => {
  const file = join(folder, 'quotes.html');
  writeFileSync(file, example.replaceAll('localhost:8080', new URL(url).host));
  const page = await browser.newPage();
  const problems = complaints(page);
  await page.goto(pathToFileURL(file).href);
  const quote = page.locator('li', { hasText: 'AAPL' });
  await quote.waitFor();
  const first = await quote.textContent();
  assert.match(first, /^AAPL \d+(\.\d+)?$/);
  await page.waitForFunction((text) => document.getElementById('AAPL').textContent !== text, first);
  assert.deepEqual(problems, []);
  await screenshot(page, 'readme-example');
});

test('the example has no more than ten lines of script', () => {
  const script = /<script>\n([\s\S]*?)<\/script>/.exec(example);
  assert.ok(script);
  assert.ok(script[1].trimEnd().split('\n').length <= 10);
});
