import { utf8Length } from './meter.ts';

/** One header of a request, as the service saw it. */
export interface SeenHeader {
  readonly name: string;

  /** Absent for proofs of identity. */
  readonly value?: string | null;
  readonly size: number;
}

/** The head of a request, as the service saw it: what `/api/echo` and the word `handshake` to `/echo` answer. */
export interface SeenHead {
  readonly line: string;
  readonly headers: readonly SeenHeader[];
  readonly others: number;

  /** In bytes, as HTTP/1.1. */
  readonly size: number;
}

/**
 * The size of the head of another request of the same page, from one that the service has seen. The path and the
 * headers that are said here make the difference.
 *
 * @param seen a GET request without headers of its own, or a handshake
 * @param seenPath path and query of that
 */
export function headSize(
  seen: SeenHead,
  seenPath: string,
  path: string,
  method = 'GET',
  headers: Readonly<Record<string, string>> = {},
): number {
  let size = seen.size - seenPath.length + path.length - 'GET'.length + method.length;
  for (const [name, value] of Object.entries(headers)) {
    const replaced = seen.headers.find((header) => header.name.toLowerCase() === name.toLowerCase());
    size += headerLine(name, value) - (replaced?.size ?? 0);
  }
  return size;
}

/** The size of the head of an answer as far as a page may see it: all but cookies. As HTTP/1.1. */
export function responseHeadSize(response: Pick<Response, 'status' | 'statusText' | 'headers'>): number {
  let size = `HTTP/1.1 ${response.status} ${response.statusText}\r\n\r\n`.length;
  response.headers.forEach((value, name) => {
    size += headerLine(name, value);
  });
  return size;
}

/** The answer to a handshake, which a page cannot see. */
export function switchingSize(protocol: string | undefined): number {
  const headers = {
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    ...(protocol === undefined ? {} : { 'Sec-WebSocket-Protocol': protocol }),
  };
  const lines = Object.entries(headers).map(([name, value]) => headerLine(name, value));
  return lines.reduce((sum, line) => sum + line, 'HTTP/1.1 101 Switching Protocols\r\n\r\n'.length);
}

function headerLine(name: string, value: string): number {
  return name.length + 2 + utf8Length(value) + 2;
}
