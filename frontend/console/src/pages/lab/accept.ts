/** What RFC 6455 section 1.3 adds to the key: a value that nobody sends who does not speak WebSocket. */
export const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The way from `Sec-WebSocket-Key` to `Sec-WebSocket-Accept`. */
export interface Acceptance {
  readonly key: string;

  /** Key and GUID, one after the other. */
  readonly joined: string;

  /** The SHA-1 of that, 20 bytes. */
  readonly digest: Uint8Array;

  /** The digest in Base64: what the server answers. */
  readonly accept: string;
}

/** Calculates what a server must answer to a key (RFC 6455 section 4.2.2). */
export async function acceptance(key: string, subtle: SubtleCrypto = crypto.subtle): Promise<Acceptance> {
  const joined = key.trim() + GUID;
  const digest = new Uint8Array(await subtle.digest('SHA-1', new TextEncoder().encode(joined)));
  return { key: key.trim(), joined, digest, accept: btoa(String.fromCharCode(...digest)) };
}

/** Whether a key is one: 16 bytes in Base64 (section 4.1). */
export function isKey(key: string): boolean {
  return /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(key.trim());
}

/** A new key, as a browser makes one. */
export function newKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}
