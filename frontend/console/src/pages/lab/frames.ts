/** Frames of RFC 6455, for showing what a browser does not show. */

/** The opcodes of RFC 6455 section 5.2 by their numbers. */
export const OPCODES = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
} as const;

export type Opcode = keyof typeof OPCODES;

/** One frame. */
export interface Frame {
  readonly fin: boolean;
  readonly opcode: Opcode;

  /** The four bytes of the masking key; `undefined` for frames of a server, which are not masked. */
  readonly mask: Uint8Array | undefined;

  /** The payload, without its mask. */
  readonly payload: Uint8Array;
}

/** Where the parts of an encoded frame lie, as offsets into its bytes. */
export interface Layout {
  /** The extended length, 0, 2 or 8 bytes after the first two. */
  readonly extended: number;

  /** Where the masking key begins. */
  readonly mask: number;

  /** Where the payload begins. */
  readonly payload: number;
}

/** The largest payload of control frames, in bytes (section 5.5). */
export const CONTROL_LIMIT = 125;

/** How many bytes precede the payload of a frame. */
export function headerSize(length: number, isMasked: boolean): number {
  return 2 + extendedSize(length) + (isMasked ? 4 : 0);
}

function extendedSize(length: number): 0 | 2 | 8 {
  return length < 126 ? 0 : length < 65_536 ? 2 : 8;
}

/** The bytes of a frame. @throws RangeError if RFC 6455 does not allow it */
export function encodeFrame({ fin, opcode, mask, payload }: Frame): Uint8Array {
  if (opcode >= 8 && (!fin || payload.length > CONTROL_LIMIT)) {
    throw new RangeError(`A ${OPCODES[opcode]} frame is not fragmented and has at most ${CONTROL_LIMIT} bytes`);
  }
  if (mask !== undefined && mask.length !== 4) {
    throw new RangeError('A masking key has four bytes');
  }
  const extended = extendedSize(payload.length);
  const bytes = new Uint8Array(headerSize(payload.length, mask !== undefined) + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = (fin ? 0x80 : 0) | opcode;
  bytes[1] = (mask === undefined ? 0 : 0x80) | (extended === 0 ? payload.length : extended === 2 ? 126 : 127);
  if (extended === 2) {
    view.setUint16(2, payload.length);
  } else if (extended === 8) {
    view.setBigUint64(2, BigInt(payload.length));
  }
  const at = 2 + extended;
  if (mask === undefined) {
    bytes.set(payload, at);
  } else {
    bytes.set(mask, at);
    bytes.set(masked(payload, mask), at + 4);
  }
  return bytes;
}

/** Masks a payload, or unmasks it: the same exclusive or does both (section 5.3). */
export function masked(payload: Uint8Array, mask: Uint8Array): Uint8Array {
  return payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
}

/** A frame and where its parts lie. */
export interface Decoded {
  readonly frame: Frame;
  readonly layout: Layout;

  /** How many bytes it takes; what follows belongs to the next frame. */
  readonly size: number;
}

/**
 * Reads the first frame of some bytes; `undefined` if they end too early.
 *
 * @throws RangeError if they break RFC 6455
 */
export function decodeFrame(bytes: Uint8Array): Decoded | undefined {
  if (bytes.length < 2) {
    return undefined;
  }
  const [first = 0, second = 0] = bytes;
  if ((first & 0x70) !== 0) {
    throw new RangeError('A reserved bit is set although no extension was agreed upon');
  }
  const opcode = first & 0x0f;
  if (!isOpcode(opcode)) {
    throw new RangeError(`The opcode ${opcode} is reserved`);
  }
  const fin = (first & 0x80) !== 0;
  const marker = second & 0x7f;
  const extended = marker < 126 ? 0 : marker === 126 ? 2 : 8;
  if (opcode >= 8 && (!fin || extended > 0)) {
    throw new RangeError(`A ${OPCODES[opcode]} frame is not fragmented and has at most ${CONTROL_LIMIT} bytes`);
  }
  const isMasked = (second & 0x80) !== 0;
  const payloadAt = 2 + extended + (isMasked ? 4 : 0);
  if (bytes.length < payloadAt) {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = extended === 0 ? marker : extended === 2 ? view.getUint16(2) : Number(view.getBigUint64(2));
  if (extendedSize(length) !== extended) {
    throw new RangeError('The length is not in its shortest form');
  }
  if (bytes.length < payloadAt + length) {
    return undefined;
  }
  const layout = { extended, mask: 2 + extended, payload: payloadAt };
  const mask = isMasked ? bytes.slice(layout.mask, payloadAt) : undefined;
  const raw = bytes.slice(payloadAt, payloadAt + length);
  const payload = mask === undefined ? raw : masked(raw, mask);
  return { frame: { fin, opcode, mask, payload }, layout, size: payloadAt + length };
}

function isOpcode(number: number): number is Opcode {
  return number in OPCODES;
}

/**
 * Cuts a message into frames: the first one has the opcode, the others continue it, the last one has FIN (section 5.4).
 *
 * @param most the largest payload of one frame, in bytes
 * @param mask makes a masking key for each frame; without it they are those of a server
 */
export function fragments(opcode: 1 | 2, payload: Uint8Array, most: number, mask?: () => Uint8Array): readonly Frame[] {
  const frames: Frame[] = [];
  let at = 0;
  do {
    const part = payload.slice(at, at + most);
    at += most;
    frames.push({ fin: at >= payload.length, opcode: frames.length === 0 ? opcode : 0, mask: mask?.(), payload: part });
  } while (at < payload.length);
  return frames;
}

/** A CLOSE payload: the code in two bytes, then the reason in UTF-8 (section 5.5.1). */
export function closePayload(code: number, reason: string): Uint8Array {
  const text = new TextEncoder().encode(reason);
  const payload = new Uint8Array(2 + text.length);
  new DataView(payload.buffer).setUint16(0, code);
  payload.set(text, 2);
  return payload;
}

/** Bytes as hexadecimal numbers. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** The bits of a byte. */
export function bits(byte: number): string {
  return byte.toString(2).padStart(8, '0');
}
