import { expect, test } from 'vitest';
import { headerSize } from '../../src/pages/lab/frames.ts';
import type { Listener, Surroundings, Task } from '../../src/pages/lab/lane.ts';
import { NO_COST, type Cost } from '../../src/pages/lab/meter.ts';
import { eventStream, webSocket, xhrStreaming } from '../../src/pages/lab/transports.ts';

const SEEN = { line: 'GET /api/echo HTTP/1.1', headers: [], others: 0, size: 100 };

/** Whoever listens to a transport, and remembers. */
function listening(): { readonly told: unknown[]; readonly cost: () => Cost; readonly listener: Listener } {
  const told: unknown[] = [];
  const cost: Record<keyof Cost, number> = { ...NO_COST };
  const listener: Listener = {
    placed: (position, recovered) => told.push(['placed', position, recovered]),
    arrived: (message) => told.push(message),
    spent: (more) => {
      for (const [name, amount] of Object.entries(more) as [keyof Cost, number][]) {
        cost[name] += amount;
      }
    },
    asked: () => {},
    named: (session) => told.push(['named', session]),
  };
  return { told, cost: () => cost, listener };
}

function task(changes: Partial<Task> = {}): Task {
  const signal = new AbortController().signal;
  return { destination: '/topic/a', after: undefined, interval: () => 1000, signal, ...changes };
}

function surroundings(changes: Partial<Surroundings>): Surroundings {
  const none = (): never => {
    throw new Error('not here');
  };
  return {
    origin: 'http://here',
    fetch: none,
    webSocket: none,
    now: () => 0,
    offset: () => 0,
    heads: () => ({ request: SEEN, handshake: SEEN, trips: [] }),
    ...changes,
  };
}

/** An answer whose body comes in pieces. */
function answer(...pieces: readonly Uint8Array[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      pieces.forEach((piece) => controller.enqueue(piece));
      controller.close();
    },
  });
  return new Response(body);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test('an event stream is read across pieces, and each byte is counted', async () => {
  const message = JSON.stringify({ position: 'e-8', publishedAt: 5, body: '汉字' });
  const stream = utf8(
    'retry: 2000\n\n:\n\nevent: placed\ndata: {"position":"e-7","recovered":true}\n\n' +
      `id: e-8\ndata: ${message}\n\n`,
  );
  const asked: [string, RequestInit | undefined][] = [];
  const fetch = (url: unknown, init?: RequestInit): Promise<Response> => {
    asked.push([url as string, init]);
    // In the middle of a character.
    const cut = stream.length - 8;
    return Promise.resolve(answer(stream.slice(0, cut), stream.slice(cut)));
  };
  const { told, cost, listener } = listening();
  await eventStream(task({ after: 'e-7' }), listener, surroundings({ fetch }));
  expect(asked[0]?.[0]).toBe('http://here/api/stream?destination=%2Ftopic%2Fa');
  expect(asked[0]?.[1]?.headers).toMatchObject({ 'Last-Event-ID': 'e-7' });
  expect(told).toEqual([['placed', 'e-7', true], { position: 'e-8', publishedAt: 5, size: 6 }]);
  expect(cost().payloadIn).toBe(stream.length);
  expect(cost().requests).toBe(1);
  expect(cost().headersOut).toBeGreaterThan(SEEN.size);
});

test('a stream that is refused or closed says why', async () => {
  const fetch = (): Promise<Response> =>
    Promise.resolve(answer(utf8('event: closed\ndata: {"code":4001,"reason":"heart-beat missed"}\n\n')));
  await expect(eventStream(task(), listening().listener, surroundings({ fetch }))).rejects.toThrow('heart-beat missed');
});

test('xhr-streaming speaks STOMP in frames of SockJS', async () => {
  const sent: string[] = [];
  let write = (_text: string): void => {};
  const frames = new ReadableStream<Uint8Array>({
    start(controller) {
      write = (text) => controller.enqueue(utf8(text));
    },
  });
  const fetch = (url: unknown, init?: RequestInit): Promise<Response> => {
    if ((url as string).endsWith('/xhr_streaming')) {
      queueMicrotask(() => write(`${'h'.repeat(2048)}\no\n`));
      return Promise.resolve(new Response(frames));
    }
    const [text] = JSON.parse(init?.body as string) as [string];
    sent.push(text);
    queueMicrotask(() => {
      if (text.startsWith('CONNECT\n')) {
        write(`a${JSON.stringify(['CONNECTED\nsession:s1\n\n\0'])}\n`);
      } else {
        const both =
          'RECEIPT\nreceipt-id:placed\nposition:e-1\n\n\0MESSAGE\nmessage-id:e-2\npublished-at:9\n\n{"a":1}\0';
        write(`a${JSON.stringify([both])}\n`);
        write('c[4007,"closed by an operator"]\n');
      }
    });
    return Promise.resolve(new Response(null, { status: 204 }));
  };
  const { told, cost, listener } = listening();
  await expect(xhrStreaming(task({ after: 'e-1' }), listener, surroundings({ fetch }))).rejects.toThrow(
    'closed by an operator',
  );
  expect(sent[1]).toContain('resume-from:e-1\n');
  expect(told).toEqual([['named', 's1'], ['placed', 'e-1', undefined], { position: 'e-2', publishedAt: 9, size: 7 }]);
  expect(cost().requests).toBe(3);
  expect(cost().payloadOut).toBeGreaterThan(sent.join('').length);
});

/** A WebSocket that the test answers for. */
class FakeSocket {
  readonly sent: string[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: string }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }
}

test('a WebSocket pays for one handshake, and a few bytes for each frame', async () => {
  const socket = new FakeSocket();
  const end = new AbortController();
  const { told, cost, listener } = listening();
  const opened: string[] = [];
  const running = webSocket(
    task({ signal: end.signal }),
    listener,
    surroundings({
      webSocket: (url) => {
        opened.push(url);
        return socket as unknown as WebSocket;
      },
    }),
  );
  expect(opened).toEqual(['ws://here/ws']);
  socket.onopen?.();
  const handshake = { out: cost().headersOut - headerSize(socket.sent[0]?.length ?? 0, true), in: cost().headersIn };
  expect(handshake.out).toBe(
    SEEN.size - '/echo'.length + '/ws'.length + 'Sec-WebSocket-Protocol: v12.stomp\r\n'.length,
  );
  socket.onmessage?.({ data: 'CONNECTED\nsession:s2\n\n\0' });
  expect(socket.sent[1]).toMatch(/^SUBSCRIBE\n/);
  socket.onmessage?.({ data: 'RECEIPT\nposition:e-1\n\n\0' });
  const before = cost().headersIn;
  const message = `MESSAGE\nmessage-id:e-2\npublished-at:9\n\n${'汉'.repeat(100)}\0`;
  socket.onmessage?.({ data: message });
  expect(cost().headersIn - before).toBe(4);
  expect(told.at(-1)).toEqual({ position: 'e-2', publishedAt: 9, size: 300 });
  expect(cost().requests).toBe(1);
  end.abort();
  await running;
  expect(socket.closed).toBe(true);
  expect(socket.onmessage).toBeNull();
});

test('a WebSocket that is refused or closed says why', async () => {
  for (const [act, reason] of [
    [(socket: FakeSocket) => socket.onmessage?.({ data: 'ERROR\nmessage:not for you\n\n\0' }), 'not for you'],
    [(socket: FakeSocket) => socket.onclose?.({ code: 4001, reason: 'heart-beat missed' }), 'heart-beat missed'],
    [(socket: FakeSocket) => socket.onclose?.({ code: 1006, reason: '' }), '1006'],
  ] as const) {
    const socket = new FakeSocket();
    const running = webSocket(
      task(),
      listening().listener,
      surroundings({ webSocket: () => socket as unknown as WebSocket }),
    );
    act(socket);
    await expect(running).rejects.toThrow(reason);
  }
});
