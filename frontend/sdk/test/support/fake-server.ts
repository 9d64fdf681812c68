import { type Environment } from '../../src/types.ts';

/** One topic: a bounded log with an epoch. */
interface Log {
  epoch: string;
  head: number;
  readonly entries: Entry[];
}

interface Entry {
  readonly offset: number;
  readonly publishedAt: number;
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** A cursor. */
interface Cursor {
  readonly log: Log;
  readonly destination: string;
  offset: number;
}

/** A subscription of a client. */
interface Follower {
  readonly destination: string;
  readonly cursors: Cursor[];
  deliver(destination: string, log: Log, entry: Entry, missed: string | undefined): void;
}

/** A frame that came from the client. */
export interface Frame {
  readonly command: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** How connections of a kind fare: let in, refused by the network, or left hanging. */
export type Weather = 'fine' | 'refused' | 'silent';

/**
 * A service in this process that behaves as docs/protocol.md and openapi.yaml say, and fails as a test says. Only what
 * the client uses is there.
 */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  readonly frames: Frame[] = [];
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly headers: Headers;
    readonly body: string;
  }[] = [];

  /** What was published, by key. */
  readonly published = new Map<string, string>();

  /** What was sent to the application over HTTP, by key. */
  readonly handled = new Map<string, Frame>();
  readonly streams = new Set<FakeStream>();
  websocket: Weather = 'fine';
  http: Weather = 'fine';

  /** Whether streams are held back until they end, as some proxies do. */
  isBuffering = false;
  user = 'guest-1';

  /** How long requests are under way, in milliseconds. */
  up = 0;

  /** How long answers are, and what comes over a socket. */
  down = 0;

  /** The clock of the service, in milliseconds since 1970. */
  now: () => number = () => 1;

  /** A bearer token that has ended. */
  badToken = '';

  /** Destinations that are refused, with the code. */
  readonly refused = new Map<string, string>();

  /** Called for each SEND before its receipt; `false` keeps the receipt back. */
  onSend: (frame: Frame, socket: FakeSocket) => boolean | void = () => true;

  /** Called for each CONNECT; `false` leaves it to the test. */
  onConnect: (frame: Frame, socket: FakeSocket) => boolean | void = () => true;
  #logs = new Map<string, Log>();
  #epochs = 0;
  readonly #followers = new Set<Follower>();

  /** What a client needs to come here. */
  get environment(): Partial<Environment> {
    return {
      webSocket: (url) => new FakeSocket(this, url) as unknown as WebSocket,
      sockJs: (url) => Promise.resolve(new FakeSocket(this, url) as unknown as WebSocket),
      fetch: (input, init) => this.#fetch(input as string, init ?? {}),
      random: () => 0.5,
      page: undefined,
    };
  }

  /** The connection that was opened last. */
  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) {
      throw new Error('Nobody has connected');
    }
    return socket;
  }

  log(destination: string): Log {
    const known = this.#logs.get(destination);
    if (known !== undefined) {
      return known;
    }
    const log: Log = { epoch: `e${++this.#epochs}`, head: 0, entries: [] };
    this.#logs.set(destination, log);
    for (const follower of this.#followers) {
      if (matches(follower.destination, destination)) {
        follower.cursors.push({ log, destination, offset: 0 });
      }
    }
    return log;
  }

  /** Publishes. @returns the position */
  publish(destination: string, body: string, headers: Record<string, string> = {}): string {
    const log = this.log(destination);
    log.entries.push({ offset: ++log.head, publishedAt: this.now(), body, headers });
    this.deliver();
    return `${log.epoch}-${log.head}`;
  }

  /** Brings everybody up to date. */
  deliver(): void {
    for (const follower of [...this.#followers]) {
      for (const cursor of follower.cursors) {
        this.#advance(follower, cursor);
      }
    }
  }

  #advance(follower: Follower, cursor: Cursor): void {
    const { log } = cursor;
    while (cursor.offset < log.head && this.#followers.has(follower)) {
      const entry = log.entries.find(({ offset }) => offset > cursor.offset);
      if (entry === undefined) {
        return;
      }
      const missed = entry.offset > cursor.offset + 1 ? `${cursor.offset + 1}-${entry.offset - 1}` : undefined;
      cursor.offset = entry.offset;
      follower.deliver(cursor.destination, log, entry, missed);
    }
  }

  /** Lets the oldest messages of a topic go. */
  expire(destination: string, keep: number): void {
    const { entries } = this.log(destination);
    entries.splice(0, Math.max(0, entries.length - keep));
  }

  /** Forgets everything, as a restart of a service without storage does. */
  restart(): void {
    this.#logs = new Map();
    this.lose();
  }

  /** The network fails for everybody. */
  lose(): void {
    this.sockets.forEach((socket) => socket.end(1006, ''));
    this.streams.forEach((stream) => stream.fail());
  }

  /** Places a subscription. @returns its positions, whether they were recovered, and how to deliver what is due */
  follow(
    destination: string,
    from: string | undefined,
    replay: number,
    deliver: Follower['deliver'],
  ): { readonly follower: Follower; readonly positions: string; readonly recovered: boolean | undefined } {
    const topics = destination.includes('*')
      ? [...this.#logs.keys()].filter((topic) => matches(destination, topic))
      : [destination];
    const known = new Map((from ?? '').split(',').map((one) => [one.split('-')[0], Number(one.split('-')[1])]));
    let recovered = true;
    const cursors = topics.map((topic): Cursor => {
      const log = this.log(topic);
      const tail = log.entries[0]?.offset ?? log.head + 1;
      const place = known.get(log.epoch);
      known.delete(log.epoch);
      if (from !== undefined && place !== undefined && place <= log.head) {
        recovered &&= place + 1 >= tail;
        return { log, destination: topic, offset: place };
      }
      if (from !== undefined && destination.includes('*')) {
        recovered &&= tail === 1;
        return { log, destination: topic, offset: tail - 1 };
      }
      recovered = false;
      return { log, destination: topic, offset: Math.max(tail - 1, log.head - replay) };
    });
    recovered &&= known.size === 0 || !destination.includes('*');
    const positions = cursors.map(({ log, offset }) => `${log.epoch}-${offset}`).join(',');
    const follower: Follower = { destination, cursors, deliver };
    this.#followers.add(follower);
    return { follower, positions, recovered: from === undefined ? undefined : recovered };
  }

  unfollow(follower: Follower): void {
    this.#followers.delete(follower);
  }

  /** Publishes once for each key. */
  once(key: string | undefined, destination: string, body: string, headers: Record<string, string>): string {
    const position = key === undefined ? undefined : this.published.get(key);
    if (position !== undefined) {
      return position;
    }
    const made = this.publish(destination, body, headers);
    if (key !== undefined) {
      this.published.set(key, made);
    }
    return made;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const { pathname, searchParams, search } = new URL(url);
    const body = typeof init.body === 'string' ? init.body : '';
    const method = init.method ?? 'GET';
    this.requests.push({ method, path: pathname + search, headers: new Headers(init.headers), body });
    if (this.http === 'silent') {
      return new Promise((_, reject) =>
        init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
      );
    }
    if (this.http === 'refused') {
      throw new TypeError('fetch failed');
    }
    await travelled(this.up);
    init.signal?.throwIfAborted();
    const answer = this.#answer(method, pathname, searchParams, init, body);
    await travelled(this.down);
    return answer;
  }

  #answer(
    method: string,
    pathname: string,
    searchParams: URLSearchParams,
    init: RequestInit,
    body: string,
  ): Response | Promise<Response> {
    if (new Headers(init.headers).get('Authorization') === `Bearer ${this.badToken}`) {
      return problem(401, 'login-failed');
    }
    switch (`${method} ${pathname}`) {
      case 'GET /api/session':
        return Response.json({ user: this.user, roles: [], guest: this.user.startsWith('guest-') });
      case 'GET /api/echo':
        return Response.json({ now: this.now() });
      case 'GET /api/stream':
        return this.#stream(searchParams, init.signal ?? undefined);
      case 'GET /api/request':
        return this.#request(searchParams.get('destination') ?? '');
      case 'POST /api/publish':
        return this.#publish(JSON.parse(body) as PublicationBody | PublicationBody[]);
      default:
        return problem(404, 'not-found');
    }
  }

  #stream(query: URLSearchParams, signal: AbortSignal | undefined): Response {
    const destinations = query.getAll('destination');
    for (const destination of destinations) {
      const code = this.refused.get(destination);
      if (code !== undefined) {
        return problem(403, code);
      }
    }
    const stream = new FakeStream(this, query.get('wait'), signal);
    for (const destination of destinations) {
      stream.follow(destination, query.get('after') ?? undefined, Number(query.get('replay') ?? 0));
    }
    stream.begin();
    return new Response(stream.body, { headers: { 'content-type': 'text/event-stream' } });
  }

  #request(destination: string): Response {
    const code = this.refused.get(destination);
    return code === undefined ? Response.json({ answer: 42 }) : problem(403, code);
  }

  #publish(given: PublicationBody | readonly PublicationBody[]): Response {
    const list = [given].flat();
    for (const { destination } of list) {
      const code = this.refused.get(destination);
      if (code !== undefined) {
        return problem(403, code);
      }
    }
    const results = list.map(({ destination, body, base64 = '', contentType, headers = {}, messageKey }) => {
      const text = body ?? atob(base64);
      if (destination.startsWith('/app/')) {
        return { destination, ...this.#handle(destination, text, messageKey) };
      }
      return {
        destination,
        position: this.once(messageKey, destination, text, { ...headers, 'content-type': contentType }),
      };
    });
    return Response.json(Array.isArray(given) ? results : results[0]);
  }

  /** What the application answers, once for each key. */
  #handle(destination: string, body: string, key = ''): { readonly answer?: unknown } {
    const frame = { command: 'SEND', headers: { destination, 'message-key': key }, body };
    if (!this.handled.has(key)) {
      this.handled.set(key, frame);
    }
    return destination.endsWith('.event') ? { answer: { number: [...this.handled.keys()].indexOf(key) + 1 } } : {};
  }
}

/** Resolves when something has been under way for so many milliseconds. */
function travelled(millis: number): Promise<unknown> {
  return millis === 0 ? Promise.resolve() : new Promise((arrived) => setTimeout(arrived, millis));
}

interface PublicationBody {
  readonly destination: string;
  readonly body?: string;
  readonly base64?: string;
  readonly contentType: string;
  readonly headers?: Record<string, string>;
  readonly messageKey?: string;
}

function problem(status: number, code: string): Response {
  return new Response(JSON.stringify({ status, code, detail: `because of ${code}` }), { status });
}

function matches(pattern: string, topic: string): boolean {
  const expression = pattern.replace(/[.]/g, '\\.').replace(/\*+/g, (stars) => (stars === '*' ? '[^.]+' : '.+'));
  return new RegExp(`^${expression}$`).test(topic);
}

/** An event stream, or one answer of a long poll. */
export class FakeStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #server: FakeServer;
  readonly #wait: string | null;
  readonly #followers: Follower[] = [];
  readonly #pending: string[] = [];
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #hasMessages = false;
  #isOver = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(server: FakeServer, wait: string | null, signal: AbortSignal | undefined) {
    this.#server = server;
    this.#wait = wait;
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => this.#leave(),
    });
    server.streams.add(this);
    signal?.addEventListener('abort', () => this.fail());
  }

  follow(destination: string, after: string | undefined, replay: number): void {
    const { follower, positions, recovered } = this.#server.follow(
      destination,
      after,
      replay,
      (topic, log, entry, missed) => {
        const data = {
          destination: topic,
          position: `${log.epoch}-${entry.offset}`,
          publishedAt: entry.publishedAt,
          headers: entry.headers,
          body: entry.body,
          ...(missed === undefined ? {} : { missed }),
        };
        this.#hasMessages = true;
        this.#write(`id: ${data.position}\ndata: ${JSON.stringify(data)}\n\n`);
        if (this.#wait !== null) {
          queueMicrotask(() => this.close(1000, 'normal'));
        }
      },
    );
    this.#followers.push(follower);
    this.#write(
      `id: ${positions}\nevent: placed\ndata: ${JSON.stringify({ destination, position: positions, recovered })}\n\n`,
    );
  }

  begin(): void {
    this.#server.deliver();
    if (this.#wait === '0') {
      this.close(1000, 'normal');
    } else if (this.#wait !== null && !this.#hasMessages) {
      this.#timer = setTimeout(() => this.close(1000, 'normal'), 25_000);
    }
  }

  close(code: number, reason: string): void {
    if (!this.#isOver) {
      this.#write(`event: closed\ndata: ${JSON.stringify({ code, reason })}\n\n`);
      this.#flush();
      this.#leave();
      this.#controller.close();
    }
  }

  /** A right has ended. */
  refuse(code: string): void {
    this.#write(`event: refused\ndata: ${JSON.stringify({ code, detail: `because of ${code}` })}\n\n`);
    this.close(1008, 'policy');
  }

  fail(): void {
    if (!this.#isOver) {
      this.#leave();
      this.#controller.error(new TypeError('terminated'));
    }
  }

  #write(text: string): void {
    this.#pending.push(text);
    if (!this.#server.isBuffering) {
      this.#flush();
    }
  }

  #flush(): void {
    this.#pending.splice(0).forEach((text) => this.#controller.enqueue(new TextEncoder().encode(text)));
  }

  #leave(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#server.streams.delete(this);
    this.#followers.forEach((follower) => this.#server.unfollow(follower));
  }
}

/** The client's end of a connection, and the service behind it. */
export class FakeSocket {
  readonly url: string;
  readyState = 0;
  binaryType = '';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #server: FakeServer;
  readonly #followers = new Map<string, Follower>();
  readonly #listeners: ((event: { data: string }) => void)[] = [];

  /** Whether what either side sends goes nowhere. */
  isDead = false;

  constructor(server: FakeServer, url: string) {
    this.url = url;
    this.#server = server;
    server.sockets.push(this);
    queueMicrotask(() => {
      if (server.websocket === 'refused') {
        this.onerror?.();
        this.end(1006, '');
      } else if (server.websocket === 'fine' && this.readyState === 0) {
        this.readyState = 1;
        this.onopen?.();
      }
    });
  }

  addEventListener(_type: 'message', listener: (event: { data: string }) => void): void {
    this.#listeners.push(listener);
  }

  send(data: string | Uint8Array): void {
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
    if (this.isDead) {
      return;
    }
    for (const part of text.split('\0')) {
      if (part.trim() !== '') {
        this.#take(parse(part.replace(/^\n+/, '')));
      }
    }
  }

  close(): void {
    if (this.readyState < 2) {
      this.readyState = 2;
      queueMicrotask(() => this.end(1005, ''));
    }
  }

  /** The connection ends. */
  end(code: number, reason: string): void {
    if (this.readyState === 3) {
      return;
    }
    this.readyState = 3;
    this.#followers.forEach((follower) => this.#server.unfollow(follower));
    this.onclose?.({ code, reason, wasClean: code !== 1006 });
  }

  /** The service sends a frame. */
  say(command: string, headers: Record<string, string> = {}, body = ''): void {
    if (this.isDead || this.readyState !== 1) {
      return;
    }
    const lines = Object.entries(headers).map(
      ([name, value]) => `${name}:${value.replace(/:/g, command === 'CONNECTED' ? ':' : '\\c')}\n`,
    );
    const data = `${command}\n${lines.join('')}\n${body}\0`;
    const arrive = (): void => {
      this.#listeners.forEach((listener) => listener({ data }));
      this.onmessage?.({ data });
    };
    if (this.#server.down === 0) {
      arrive();
    } else {
      setTimeout(arrive, this.#server.down);
    }
  }

  /** The service says no and closes. */
  refuse(code: string, close: number, reason: string): void {
    this.say('ERROR', { code, message: `because of ${code}` });
    this.end(close, reason);
  }

  connected(more: Record<string, string> = {}): void {
    this.say('CONNECTED', {
      version: '1.2',
      'heart-beat': '10000,10000',
      'user-name': this.#server.user,
      session: 'abc',
      ...more,
    });
  }

  #take(frame: Frame): void {
    this.#server.frames.push(frame);
    const { command, headers, body } = frame;
    const receipt = headers['receipt'];
    const confirm = (more: Record<string, string> = {}): void => {
      if (receipt !== undefined) {
        this.say('RECEIPT', { 'receipt-id': receipt, ...more });
      }
    };
    const destination = headers['destination'] ?? '';
    const code = this.#server.refused.get(destination);
    if (code !== undefined && command !== 'UNSUBSCRIBE') {
      const message = `because of ${code}`;
      this.say('ERROR', { code, message, fatal: 'false', 'receipt-id': receipt ?? '' });
      return;
    }
    switch (command) {
      case 'CONNECT':
        if (this.#server.onConnect(frame, this) !== false) {
          this.connected();
        }
        break;
      case 'SUBSCRIBE':
        this.#subscribe(headers, confirm);
        break;
      case 'UNSUBSCRIBE':
        this.#server.unfollow(this.#followers.get(headers['id'] ?? '') ?? ({} as Follower));
        confirm();
        break;
      case 'SEND':
        if (!destination.startsWith('/app/')) {
          const { 'content-type': type = 'text/plain' } = headers;
          this.#server.once(headers['message-key'], destination, body, { 'content-type': type });
        }
        if (this.#server.onSend(frame, this) !== false) {
          confirm();
        }
        break;
      case 'DISCONNECT':
        confirm();
        this.end(1000, 'normal');
        break;
      default:
        confirm();
    }
  }

  #subscribe(headers: Record<string, string>, confirm: (more?: Record<string, string>) => void): void {
    const { id = '', destination = '', 'resume-from': from, replay = '0' } = headers;
    if (destination.startsWith('/app/')) {
      confirm();
      this.say(
        'MESSAGE',
        { subscription: id, 'message-id': 'answer-1', destination, 'content-type': 'application/json' },
        '{"answer":42}',
      );
      return;
    }
    const { follower, positions, recovered } = this.#server.follow(
      destination,
      from,
      Number(replay),
      (topic, log, entry, missed) =>
        this.say(
          'MESSAGE',
          {
            subscription: id,
            'message-id': `${log.epoch}-${entry.offset}`,
            destination: topic,
            'published-at': `${entry.publishedAt}`,
            ...entry.headers,
            ...(missed === undefined ? {} : { missed }),
          },
          entry.body,
        ),
    );
    this.#followers.set(id, follower);
    confirm({ position: positions, ...(recovered === undefined ? {} : { recovered: `${recovered}` }) });
    this.#server.deliver();
  }
}

function parse(text: string): Frame {
  const [head = '', ...rest] = text.split('\n\n');
  const [command = '', ...lines] = head.split('\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon)] = line
      .slice(colon + 1)
      .replace(/\\c/g, ':')
      .replace(/\\n/g, '\n');
  }
  return { command, headers, body: rest.join('\n\n') };
}
