import { describe, expect, test } from 'vitest';
import {
  bits,
  closePayload,
  decodeFrame,
  encodeFrame,
  fragments,
  headerSize,
  hex,
  masked,
  type Frame,
} from '../../src/pages/lab/frames.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const bytes = (value: string): Uint8Array => Uint8Array.from(value.split(' '), (byte) => parseInt(byte, 16));

/** The examples of RFC 6455 section 5.7. */
const EXAMPLES: readonly [string, Frame, string][] = [
  ['a text without a mask', { fin: true, opcode: 1, mask: undefined, payload: text('Hello') }, '81 05 48 65 6c 6c 6f'],
  [
    'a text with a mask',
    { fin: true, opcode: 1, mask: bytes('37 fa 21 3d'), payload: text('Hello') },
    '81 85 37 fa 21 3d 7f 9f 4d 51 58',
  ],
  ['a first fragment', { fin: false, opcode: 1, mask: undefined, payload: text('Hel') }, '01 03 48 65 6c'],
  ['a last fragment', { fin: true, opcode: 0, mask: undefined, payload: text('lo') }, '80 02 6c 6f'],
  ['a ping', { fin: true, opcode: 9, mask: undefined, payload: text('Hello') }, '89 05 48 65 6c 6c 6f'],
  [
    'a masked pong',
    { fin: true, opcode: 10, mask: bytes('37 fa 21 3d'), payload: text('Hello') },
    '8a 85 37 fa 21 3d 7f 9f 4d 51 58',
  ],
];

describe.each(EXAMPLES)('%s', (_, frame, encoded) => {
  test('is encoded as in the RFC', () => {
    expect(hex(encodeFrame(frame))).toBe(encoded);
  });

  test('is decoded again', () => {
    expect(decodeFrame(bytes(encoded))?.frame).toEqual(frame);
  });
});

describe('lengths', () => {
  test.each([
    [0, 2],
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
  ])('of %i bytes take a header of %i', (length, size) => {
    expect(headerSize(length, false)).toBe(size);
    expect(headerSize(length, true)).toBe(size + 4);
    const frame: Frame = { fin: true, opcode: 2, mask: bytes('01 02 03 04'), payload: new Uint8Array(length).fill(7) };
    const encoded = encodeFrame(frame);
    expect(encoded.length).toBe(size + 4 + length);
    const decoded = decodeFrame(encoded);
    expect(decoded?.frame).toEqual(frame);
    expect(decoded?.size).toBe(encoded.length);
    expect(decoded?.layout).toEqual({ extended: size - 2, mask: size, payload: size + 4 });
  });

  test('of 256 bytes as in the RFC', () => {
    const encoded = encodeFrame({ fin: true, opcode: 2, mask: undefined, payload: new Uint8Array(256) });
    expect(hex(encoded.slice(0, 4))).toBe('82 7e 01 00');
  });

  test('of 64 KiB as in the RFC', () => {
    const encoded = encodeFrame({ fin: true, opcode: 2, mask: undefined, payload: new Uint8Array(65_536) });
    expect(hex(encoded.slice(0, 10))).toBe('82 7f 00 00 00 00 00 01 00 00');
  });
});

test('a frame that has not come whole is none yet', () => {
  const encoded = encodeFrame({ fin: true, opcode: 1, mask: bytes('01 02 03 04'), payload: new Uint8Array(300) });
  for (const length of [0, 1, 3, 7, 8, encoded.length - 1]) {
    expect(decodeFrame(encoded.slice(0, length))).toBeUndefined();
  }
});

test.each([
  ['a reserved bit', 'c1 00'],
  ['a reserved opcode', '83 00'],
  ['a fragmented ping', '09 00'],
  ['a long ping', '89 7e 00 7e'],
  ['a length that could be shorter', '81 7e 00 05 48 65 6c 6c 6f'],
])('%s is refused', (_, encoded) => {
  expect(() => decodeFrame(bytes(encoded))).toThrow(RangeError);
});

test('what RFC 6455 does not allow is not encoded', () => {
  const payload = new Uint8Array(126);
  expect(() => encodeFrame({ fin: true, opcode: 9, mask: undefined, payload })).toThrow(RangeError);
  expect(() => encodeFrame({ fin: false, opcode: 8, mask: undefined, payload: text('') })).toThrow(RangeError);
  expect(() => encodeFrame({ fin: true, opcode: 1, mask: bytes('01 02'), payload })).toThrow(RangeError);
});

test('a message in fragments has its opcode first and FIN last', () => {
  const frames = fragments(1, text('Hello world'), 4, () => bytes('01 02 03 04'));
  expect(frames.map(({ fin, opcode }) => [fin, opcode])).toEqual([
    [false, 1],
    [false, 0],
    [true, 0],
  ]);
  const joined = frames.flatMap(({ payload }) => [...payload]);
  expect(new TextDecoder().decode(Uint8Array.from(joined))).toBe('Hello world');
  expect(fragments(2, new Uint8Array(0), 4)).toEqual([
    { fin: true, opcode: 2, mask: undefined, payload: new Uint8Array(0) },
  ]);
});

test('masking twice gives the payload back', () => {
  const payload = text('汉字 and letters');
  expect(masked(masked(payload, bytes('de ad be ef')), bytes('de ad be ef'))).toEqual(payload);
});

test('a close frame carries its code in two bytes', () => {
  expect(hex(closePayload(1000, 'ok'))).toBe('03 e8 6f 6b');
  expect(bits(0x81)).toBe('10000001');
});
