import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

/** What a page has to load at first may take so many bytes. */
const LIMIT = 25_000;

test('The bundle is small, and SockJS is no part of it', async () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const built = await build({ root, configFile: `${root}/vite.config.ts`, build: { write: false, sourcemap: false } });
  const { output } = built as Rolldown.RolldownOutput;
  const chunks = output.filter((one) => one.type === 'chunk');
  const entry = chunks.find((one) => one.isEntry);
  const first = new Set([entry?.fileName, ...(entry?.imports ?? [])]);
  const code = chunks.filter((one) => first.has(one.fileName)).map((one) => one.code);
  const size = gzipSync(code.join('')).length;
  console.log(`${size} bytes with gzip`);
  expect(code.join('')).toContain('createClient');
  expect(size).toBeGreaterThan(5000);
  expect(size).toBeLessThan(LIMIT);

  const lazy = chunks.filter((one) => entry?.dynamicImports.includes(one.fileName));
  expect(lazy).toHaveLength(1);
  expect(lazy[0]?.moduleIds.some((id) => id.includes('sockjs-client'))).toBe(true);
  expect(
    chunks
      .filter((one) => first.has(one.fileName))
      .flatMap((one) => one.moduleIds)
      .join(),
  ).not.toContain('sockjs-client');
}, 60_000);
