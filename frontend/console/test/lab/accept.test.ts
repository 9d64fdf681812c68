import { expect, test } from 'vitest';
import { hex } from '../../src/pages/lab/frames.ts';
import { acceptance, isKey, newKey } from '../../src/pages/lab/accept.ts';

test('the answer to the key of RFC 6455 section 1.3 is that of the RFC', async () => {
  const { joined, digest, accept } = await acceptance('dGhlIHNhbXBsZSBub25jZQ==');
  expect(joined).toBe('dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  expect(hex(digest)).toBe('b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea');
  expect(accept).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('a key is 16 bytes in Base64', () => {
  expect(isKey(newKey())).toBe(true);
  expect(newKey()).not.toBe(newKey());
  expect(isKey('dGhlIHNhbXBsZSBub25jZQ==')).toBe(true);
  for (const other of ['', 'hello', 'dGhlIHNhbXBsZSBub25jZQ', 'dGhlIHNhbXBsZSBub25jZR==']) {
    expect(isKey(other)).toBe(false);
  }
});
