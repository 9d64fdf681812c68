import { headSize, responseHeadSize, switchingSize, type SeenHead } from './heads.ts';
import { headerSize } from './frames.ts';
import type { Listener, Surroundings, Task, Transport } from './lane.ts';
import { readPieces, splitter } from './lines.ts';
import { utf8Length } from './meter.ts';
import { stompFrames, stompText, type StompFrame } from './stomp.ts';
import type { Arrival } from './track.ts';

/** How long the service may hold a long poll, as its parameter says it. */
const LONG = '25s';

const NONE = '0';

/** How much longer than that an answer may take, in milliseconds. */
const PATIENCE = 40_000;

/** A message as HTTP answers and event streams carry it. */
interface HttpMessage {
  readonly position: string;
  readonly publishedAt: number;
  readonly body?: string;
  readonly base64?: string;
}

interface HttpPage {
  readonly messages: readonly HttpMessage[];
  readonly next: string;
  readonly recovered?: boolean;
}

/** Asks at intervals; a message waits until it is asked for. */
export const polling: Transport = (task, listener, surroundings) => poll(task, listener, surroundings, NONE);

/** Asks, and the answer waits for a message. */
export const longPolling: Transport = (task, listener, surroundings) => poll(task, listener, surroundings, LONG);

async function poll(task: Task, listener: Listener, surroundings: Surroundings, wait: string): Promise<void> {
  const { signal } = task;
  let after = task.after;
  let isFirst = true;
  while (!signal.aborted) {
    const query = new URLSearchParams({ destination: task.destination, ...(after === undefined ? {} : { after }) });
    if (wait !== NONE) {
      // The first answer says where we stand and does not wait.
      query.set('wait', isFirst ? NONE : wait);
    }
    const path = `/api/messages?${query.toString()}`;
    const patient = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    const response = await request(surroundings, listener, path, { signal: patient });
    const text = await response.text();
    listener.spent({ payloadIn: utf8Length(text) });
    const page = JSON.parse(text) as HttpPage;
    if (isFirst) {
      listener.placed(page.messages.length === 0 ? page.next : undefined, page.recovered);
    }
    page.messages.forEach((message) => listener.arrived(arrival(message)));
    after = page.next;
    if (wait === NONE) {
      await rest(task.interval(), signal);
    }
    isFirst = false;
  }
}

/** One response that goes on: server-sent events. */
export const eventStream: Transport = async (task, listener, surroundings) => {
  const path = `/api/stream?${new URLSearchParams({ destination: task.destination }).toString()}`;
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (task.after !== undefined) {
    headers['Last-Event-ID'] = task.after;
  }
  const response = await request(surroundings, listener, path, { headers, signal: task.signal });
  const take = splitter('\n\n', (block) => event(block, listener));
  await readPieces(response, (text, size) => {
    listener.spent({ payloadIn: size });
    take(text);
  });
};

function event(block: string, listener: Listener): void {
  const field = (name: string): string | undefined => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
  const data = field('data');
  if (data === undefined) {
    return;
  }
  switch (field('event')) {
    case undefined:
      listener.arrived(arrival(JSON.parse(data) as HttpMessage));
      return;
    case 'placed': {
      const { position, recovered } = JSON.parse(data) as { position?: string; recovered?: boolean };
      listener.placed(position, recovered);
      return;
    }
    case 'refused':
    case 'closed': {
      const { reason, detail } = JSON.parse(data) as { reason?: string; detail?: string };
      throw new Error(detail ?? reason ?? 'The stream has ended');
    }
  }
}

/** What SockJS did before there was `fetch`: one response that goes on, and a request for each message to the service. */
export const xhrStreaming: Transport = async (task, listener, surroundings) => {
  const base = `/sockjs/000/${randomId()}`;
  const { signal } = task;
  let mark = (): void => {};
  const failed = new Promise<never>((_, reject) => {
    mark = () => reject(new Error('A message was not taken'));
  });
  failed.catch(() => undefined);
  const send = (text: string): void => {
    const body = JSON.stringify([text]);
    post(surroundings, listener, `${base}/xhr_send`, body, signal).then((response) => response.text(), mark);
  };
  const stomp = new StompReader(task, listener, send);
  const line = (frame: string): void => {
    switch (frame[0]) {
      case 'o':
        stomp.begin();
        return;
      case 'a':
        (JSON.parse(frame.slice(1)) as string[]).forEach((message) => stomp.read(message));
        return;
      case 'c': {
        const [, reason] = JSON.parse(frame.slice(1)) as [number, string];
        throw new Error(reason);
      }
    }
  };
  // A response ends after some bytes; the session goes on with the next one.
  while (!signal.aborted) {
    const response = await post(surroundings, listener, `${base}/xhr_streaming`, undefined, signal);
    const take = splitter('\n', line);
    const read = readPieces(response, (text, size) => {
      listener.spent({ payloadIn: size });
      take(text);
    });
    await Promise.race([read, failed]);
  }
};

/** One connection for both directions. */
export const webSocket: Transport = (task, listener, surroundings) =>
  new Promise((resolve, reject) => {
    const { signal } = task;
    const { handshake } = surroundings.heads();
    const protocol = 'v12.stomp';
    const socket = surroundings.webSocket(`${surroundings.origin.replace(/^http/, 'ws')}/ws`, protocol);
    const headers = { 'Sec-WebSocket-Protocol': protocol };
    const asked = handshake === undefined ? 0 : headSize(handshake, '/echo', '/ws', 'GET', headers);
    listener.spent({ requests: 1, headersOut: asked });
    const send = (text: string): void => {
      const length = utf8Length(text);
      listener.spent({ headersOut: headerSize(length, true), payloadOut: length });
      socket.send(text);
    };
    const stomp = new StompReader(task, listener, send);
    socket.onopen = () => {
      listener.spent({ headersIn: switchingSize(protocol) });
      stomp.begin();
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const length = utf8Length(data);
      listener.spent({ headersIn: headerSize(length, false), payloadIn: length });
      try {
        stomp.read(data);
      } catch (error) {
        socket.close();
        reject(error);
      }
    };
    socket.onclose = ({ code, reason }) => reject(new Error(reason === '' ? `Closed with ${code}` : reason));
    signal.addEventListener('abort', () => {
      // Pages cannot drop a socket without a word; nobody listens to it any more.
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      resolve();
    });
  });

/** STOMP from CONNECT to the messages of one topic, over whatever carries texts. */
class StompReader {
  readonly #task: Task;
  readonly #listener: Listener;
  readonly #send: (text: string) => void;

  constructor(task: Task, listener: Listener, send: (text: string) => void) {
    this.#task = task;
    this.#listener = listener;
    this.#send = send;
  }

  begin(): void {
    this.#send(stompText('CONNECT', { 'accept-version': '1.2', host: 'carillon', 'heart-beat': '0,0' }));
  }

  read(message: string): void {
    stompFrames(message).forEach((frame) => this.#take(frame));
  }

  #take({ command, headers, body }: StompFrame): void {
    const { destination, after } = this.#task;
    switch (command) {
      case 'CONNECTED': {
        this.#listener.named(headers['session'] ?? '');
        const resume = after === undefined ? {} : { 'resume-from': after };
        this.#send(stompText('SUBSCRIBE', { id: '0', destination, receipt: 'placed', ...resume }));
        return;
      }
      case 'RECEIPT': {
        const { position, recovered } = headers;
        this.#listener.placed(position, recovered === undefined ? undefined : recovered === 'true');
        return;
      }
      case 'MESSAGE': {
        const { 'message-id': position = '', 'published-at': publishedAt = '0' } = headers;
        this.#listener.arrived({ position, publishedAt: Number(publishedAt), size: utf8Length(body) });
        return;
      }
      case 'ERROR':
        throw new Error(headers['message'] ?? 'The service has refused');
    }
  }
}

function arrival({ position, publishedAt, body, base64 }: HttpMessage): Arrival {
  const size = body === undefined ? Math.floor(((base64?.length ?? 0) * 3) / 4) : utf8Length(body);
  return { position, publishedAt, size };
}

/** Requests something, counts its heads, and fails if it was refused. */
async function request(
  surroundings: Surroundings,
  listener: Listener,
  path: string,
  init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> },
  extra: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const seen: SeenHead = surroundings.heads().request;
  const headersOut = headSize(seen, '/api/echo', path, init.method ?? 'GET', { ...init.headers, ...extra });
  listener.spent({ requests: 1, headersOut });
  const url = surroundings.origin + path;
  listener.asked(url);
  const response = await surroundings.fetch(url, { cache: 'no-store', ...init });
  listener.spent({ headersIn: responseHeadSize(response) });
  if (!response.ok) {
    const text = await response.text();
    const detail = /"detail":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
    throw new Error(detail ?? `The answer was ${response.status}`);
  }
  return response;
}

function post(
  surroundings: Surroundings,
  listener: Listener,
  path: string,
  body: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const headers = body === undefined ? {} : { 'Content-Type': 'text/plain;charset=UTF-8' };
  const length = utf8Length(body ?? '');
  listener.spent({ payloadOut: length });
  // What browsers add to a POST.
  const extra = { Origin: surroundings.origin, 'Content-Length': String(length) };
  return request(
    surroundings,
    listener,
    path,
    { method: 'POST', headers, signal, ...(body === undefined ? {} : { body }) },
    extra,
  );
}

function rest(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** The name of a SockJS session, with 96 random bits. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
