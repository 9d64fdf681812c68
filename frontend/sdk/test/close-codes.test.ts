import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLOSE_CODES, closeCode, LATER, retryAfter } from '../src/close-codes.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('The close codes', () => {
  test('are those of the service', () => {
    const source = read('src/main/java/dev/carillon/delivery/CloseCode.java');
    const constants = [...source.matchAll(/^\t([A-Z_]+)\((\d+), "([^"]+)", Reconnect\.([A-Z]+)\)[,;]$/gm)];
    expect(constants.length).toBeGreaterThan(10);
    expect(CLOSE_CODES).toEqual(
      constants.map(([, name, code, reason, reconnect]) => ({
        code: Number(code),
        name: name?.toLowerCase(),
        reason,
        reconnect: reconnect?.toLowerCase(),
      })),
    );
    expect(source).toContain(`DELAY = Duration.ofSeconds(${LATER / 1000})`);
  });

  test('are those of the document', () => {
    const rows = [...read('docs/protocol.md').matchAll(/^\| `(\d{4})` \| (\w+) \| ([^|]+) \| (\w+) \| [^|]+ \|$/gm)];
    expect(CLOSE_CODES).toEqual(
      rows.map(([, code, name, reason, reconnect]) => ({ code: Number(code), name, reason, reconnect })),
    );
  });

  test('include what comes from the network', () => {
    expect(closeCode(1006)).toMatchObject({ name: 'connection_lost', reconnect: 'now' });
    expect(closeCode(4005)).toMatchObject({ name: 'expired', reconnect: 'no' });
  });

  test.each([
    ['restart; retry-after=3000', 3000],
    ['try again later;retry-after=0', 0],
    ['restart', undefined],
    ['retry-after=3000', undefined],
    ['restart; retry-after=soon', undefined],
  ])('carry a delay: %s', (reason, delay) => {
    expect(retryAfter(reason)).toBe(delay);
  });
});
