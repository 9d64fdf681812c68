import type { Api } from './api.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type Deferred, deferred } from './deferred.ts';
import { CarillonError } from './errors.ts';
import { readEvents } from './event-stream.ts';
import {
  type Incoming,
  type Link,
  type LinkEnd,
  LinkFailure,
  LinkLost,
  type Placing,
  type Sending,
  type Tap,
} from './link.ts';
import type { Clock, HttpRequest, Receipt } from './types.ts';

/** What a connection over HTTP needs to know. */
export interface HttpLinkOptions {
  readonly transport: 'sse' | 'long-poll';
  readonly api: Api;
  readonly clock: Clock;

  /** How long the beginning of an answer may take, in milliseconds. */
  readonly patience: number;
  readonly tap: Tap;
  readonly signal: AbortSignal;
}

/** Followed by every connection, so that there always is a stream that shows whether the network lets it through. */
const SESSION = '/user/queue/session';

/** How long the service lets a poll wait. */
const WAIT = '25s';

/** The service says something every 15 s; after this silence, in milliseconds, it is gone. */
const SILENCE = 45_000;

/** How many publications may share one request. */
const BATCH = 100;

/** How much room positions may take in the address of a request, in characters. */
const MAX_AFTER = 8000;

/** A subscription, and who waits for it. */
interface Entry {
  readonly placing: Placing;
  readonly matches: (destination: string) => boolean;
  readonly placed: Deferred<void>;
  isPlaced: boolean;
}

/** A message as the service writes it into events. */
interface MessageData {
  readonly destination: string;
  readonly position: string;
  readonly publishedAt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly base64?: string;
  readonly missed?: string;
}

/** Where a stream stands. */
interface PlacedData {
  readonly destination: string;
  readonly position: string;
  readonly recovered?: boolean;
}

/** A message on its way. */
interface Publication {
  readonly sending: Sending;
  readonly answer: Deferred<Receipt>;
}

/** Why a stream cannot go on. */
interface RefusedData {
  readonly code?: CarillonError['code'];
  readonly detail: string;
}

/** What becomes of one publication. */
export interface Published {
  readonly position?: string;

  /** What the application answers. */
  readonly answer?: unknown;
  readonly code?: CarillonError['code'];
  readonly detail?: string;
}

/**
 * Server-sent events, or the same events in answers that end (long poll), and POST for what is sent.
 *
 * One stream carries all subscriptions, since browsers allow few connections to one origin. A new subscription first
 * asks where it would begin, with a request of its own; then the stream is opened again at everybody's place.
 */
export class HttpLink implements Link {
  readonly transport: 'sse' | 'long-poll';
  user = '';
  readonly session = undefined;
  readonly closed: Promise<LinkEnd>;

  readonly #options: HttpLinkOptions;
  readonly #end = deferred<LinkEnd>();
  readonly #opened = deferred<void>();
  readonly #entries = new Map<string, Entry>();
  readonly #publications: Publication[] = [];
  #round = new AbortController();
  #isOpen = false;
  #isOver = false;
  #isPublishing = false;

  private constructor(options: HttpLinkOptions) {
    this.transport = options.transport;
    this.closed = this.#end.promise;
    this.#options = options;
  }

  /** Connects. Rejects with {@link LinkFailure}. */
  static async open(options: HttpLinkOptions): Promise<HttpLink> {
    const link = new HttpLink(options);
    const abort = (): void => link.cut();
    options.signal.addEventListener('abort', abort, { once: true });
    try {
      const { api } = options;
      const who = await api.json<{ user: string }>({ method: 'GET', path: '/api/session', signal: options.signal });
      link.user = who.user;
      void link.#run();
      await link.#opened.promise;
      return link;
    } catch (error) {
      throw error instanceof LinkFailure ? error : new LinkFailure(endOf(error));
    } finally {
      options.signal.removeEventListener('abort', abort);
    }
  }

  place(placing: Placing): Promise<void> {
    if (this.#isOver) {
      return Promise.reject(new LinkLost());
    }
    const { id, destination } = placing;
    const entry: Entry = { placing, matches: matcher(destination), placed: deferred(), isPlaced: false };
    this.#entries.set(id, entry);
    queueMicrotask(() => this.#round.abort());
    return entry.placed.promise;
  }

  remove(id: string): Promise<void> {
    this.#entries.delete(id);
    return Promise.resolve();
  }

  send(sending: Sending): Promise<Receipt> {
    const answer = deferred<Receipt>();
    this.#publications.push({ sending, answer });
    void this.#publish();
    return answer.promise;
  }

  ask(destination: string): Promise<unknown> {
    const query = new URLSearchParams({ destination });
    return this.#guarded(() => this.#json({ method: 'GET', path: `/api/request?${query.toString()}` }));
  }

  check(millis: number): void {
    const stop = this.#options.clock.schedule(millis, () => this.#finish({ code: 4001, reason: 'no answer' }));
    void this.#guarded(() => this.#json({ method: 'GET', path: '/api/session' })).then(stop, stop);
  }

  close(): Promise<void> {
    this.#finish({ code: 1000, reason: 'normal' });
    return Promise.resolve();
  }

  cut(): void {
    this.#finish({ code: 1006, reason: 'cut' });
  }

  // Receiving

  async #run(): Promise<void> {
    while (!this.#isOver) {
      const round = new AbortController();
      this.#round = round;
      try {
        await this.#placeNew();
        const end = round.signal.aborted ? undefined : await this.#follow(round);
        if (end?.error?.code === 'access-denied') {
          // A right has ended meanwhile; the others go on.
          await this.#dropRefused();
        } else if (end !== undefined && (this.transport === 'sse' || end.code !== 1000)) {
          this.#finish(end);
        }
      } catch (error) {
        if (round.signal.aborted) {
          // Somebody wants to be added.
        } else if (!isRefusal(error) || !(await this.#dropRefused())) {
          this.#finish(endOf(error));
        }
      }
    }
  }

  /** Asks where those begin that have no place yet. */
  async #placeNew(): Promise<void> {
    const fresh = [...this.#entries.values()].filter((one) => !one.isPlaced && one.placing.resumeFrom() === '');
    for (let i = 0; i < fresh.length; i += 3) {
      await Promise.all(fresh.slice(i, i + 3).map((entry) => this.#probe(entry)));
    }
  }

  /** Asks where one stands, and whether it may. @returns whether it was refused */
  async #probe(entry: Entry): Promise<boolean> {
    const { destination, replay } = entry.placing;
    const after = entry.placing.resumeFrom();
    const query = new URLSearchParams([['destination', destination]]);
    if (after !== '') {
      query.set('after', after);
    } else if (replay !== undefined) {
      query.set('replay', `${replay}`);
    }
    query.set('wait', '0');
    let isPlaced = false;
    try {
      const response = await this.#stream(query, AbortSignal.timeout(this.#options.patience));
      await readEvents(response, (event, size) => {
        this.#show(event, size);
        if (event?.type === 'placed') {
          isPlaced = true;
          this.#placed(entry, JSON.parse(event.data) as PlacedData);
        }
      });
    } catch (error) {
      if (!isRefusal(error)) {
        throw error;
      }
      this.#entries.delete(entry.placing.id);
      if (entry.isPlaced) {
        entry.placing.withdrawn(error, true);
      }
      entry.placed.reject(error);
      return true;
    }
    if (!isPlaced) {
      throw new TypeError(`The answer for ${destination} was cut short`);
    }
    return false;
  }

  /** One of many was refused, and with it the stream; the others go on without it. @returns whether one was found */
  async #dropRefused(): Promise<boolean> {
    try {
      const refused = await Promise.all([...this.#entries.values()].map((entry) => this.#probe(entry)));
      return refused.some(Boolean);
    } catch {
      return false;
    }
  }

  /** Reads one answer to its end. @returns why it ended */
  async #follow(round: AbortController): Promise<LinkEnd> {
    const entries = [...this.#entries.values()];
    const query = new URLSearchParams();
    new Set([SESSION, ...entries.map((one) => one.placing.destination)]).forEach((one) =>
      query.append('destination', one),
    );
    const after = merge(entries.map((one) => one.placing.resumeFrom()));
    if (after !== '') {
      query.set('after', after);
    }
    if (this.transport === 'long-poll') {
      // Where the answer is held back until its end, whoever waits to be placed waits for that.
      const isSettled = this.#isOpen && entries.every(({ isPlaced }) => isPlaced);
      query.set('wait', isSettled ? WAIT : '0');
    }
    const silence = this.#silence();
    let end: LinkEnd = { code: 1006, reason: 'the stream broke off' };
    let refusal: { readonly error: CarillonError } | undefined;
    try {
      const body = await this.#stream(query, round.signal);
      await readEvents(body, (event, size) => {
        silence.heard();
        this.#show(event, size);
        if (event?.type === 'closed') {
          end = { ...(JSON.parse(event.data) as LinkEnd), ...refusal };
        } else if (event?.type === 'refused') {
          const { code = 'unavailable', detail } = JSON.parse(event.data) as RefusedData;
          refusal = { error: new CarillonError(code, detail) };
        } else if (event !== undefined && !round.signal.aborted) {
          this.#isOpen = true;
          this.#opened.resolve();
          this.#event(event.type, event.data);
        }
      });
    } finally {
      silence.stop();
    }
    return end;
  }

  #event(type: string, data: string): void {
    if (type === 'placed') {
      const placed = JSON.parse(data) as PlacedData;
      for (const entry of this.#entries.values()) {
        if (entry.placing.destination === placed.destination) {
          this.#placed(entry, placed);
        }
      }
    } else if (type === 'message') {
      const message = JSON.parse(data) as MessageData;
      for (const entry of this.#entries.values()) {
        if (entry.isPlaced && entry.matches(message.destination)) {
          entry.placing.received(incoming(message, entry.placing.destination));
        }
      }
    }
  }

  #placed(entry: Entry, { position, recovered }: PlacedData): void {
    entry.isPlaced = true;
    entry.placing.confirmed(position, recovered);
    entry.placed.resolve();
  }

  async #stream(query: URLSearchParams, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const path = `/api/stream?${query.toString()}`;
    this.#options.tap.show('out', `GET ${path}`);
    const response = await this.#options.api.open({ method: 'GET', path, signal });
    if (response.body === null) {
      throw new TypeError('The answer has no body');
    }
    return response.body;
  }

  #show(event: { type: string; data: string } | undefined, size: number): void {
    const { tap } = this.#options;
    if (tap.isOpen) {
      tap.show('in', event === undefined ? ':'.padEnd(size, '\n') : `event: ${event.type}\ndata: ${event.data}\n\n`);
    }
  }

  /** Ends the connection when nothing is heard: soon at the beginning, later on after some heart-beats. */
  #silence(): { heard(): void; stop(): void } {
    const { clock, patience } = this.#options;
    const isOver = (): void => this.#finish({ code: 4001, reason: 'the stream is silent' });
    let stop = clock.schedule(this.transport === 'sse' ? patience : SILENCE, isOver);
    return {
      heard: () => {
        stop();
        stop = clock.schedule(SILENCE, isOver);
      },
      stop: () => stop(),
    };
  }

  // Sending

  /** Publishes what waits, in order, as many at a time as there are. */
  async #publish(): Promise<void> {
    if (this.#isPublishing) {
      return;
    }
    this.#isPublishing = true;
    // All that is sent in one go shares a request.
    await Promise.resolve();
    while (this.#publications.length > 0) {
      const batch = this.#publications.splice(0, BATCH);
      try {
        await this.#publishAll(batch);
      } catch (error) {
        batch.forEach(({ answer }) => answer.reject(error));
      }
    }
    this.#isPublishing = false;
  }

  async #publishAll(batch: readonly Publication[]): Promise<void> {
    try {
      const body = batch.map(({ sending }) => publicationOf(sending));
      const request = { method: 'POST', path: '/api/publish', body } as const;
      const results = await this.#guarded(() => this.#json<readonly Published[]>(request));
      batch.forEach(({ sending, answer }, i) => {
        const { code, detail, ...taken } = results[i] ?? { code: 'internal' };
        if (code === undefined) {
          answer.resolve(receiptOf(sending, taken));
        } else {
          answer.reject(new CarillonError(code, detail ?? code, sending.destination));
        }
      });
    } catch (error) {
      if (batch.length === 1 || !isRefusal(error)) {
        throw error;
      }
      // One that may not be sent keeps all of the list from being sent.
      for (const one of batch) {
        await this.#publishAll([one]).catch(one.answer.reject);
      }
    }
  }

  #json<T>(request: HttpRequest): Promise<T> {
    const { api, tap } = this.#options;
    if (tap.isOpen) {
      const body = request.body === undefined ? '' : `\n\n${JSON.stringify(request.body)}`;
      tap.show('out', `${request.method} ${request.path}${body}`);
    }
    return api.json<T>(request);
  }

  /** A request that the network fails ends the connection. */
  async #guarded<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (error instanceof CarillonError) {
        throw error;
      }
      this.#finish({ code: 1006, reason: 'a request failed' });
      throw new LinkLost();
    }
  }

  #finish(end: LinkEnd): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#round.abort();
    this.#opened.reject(new LinkFailure(end));
    this.#entries.forEach(({ placed }) => placed.reject(new LinkLost()));
    this.#publications.splice(0).forEach(({ answer }) => answer.reject(new LinkLost()));
    this.#end.resolve(end);
  }
}

/** Whether the service has said no to what was asked, rather than being unwell. */
function isRefusal(error: unknown): error is CarillonError {
  return error instanceof CarillonError && !['unavailable', 'internal', 'login-failed'].includes(error.code);
}

/** What a failed request means for a connection, in the words of close codes. */
function endOf(error: unknown): LinkEnd {
  if (!(error instanceof CarillonError)) {
    return { code: 1006, reason: 'no connection' };
  }
  const reason = error.message;
  switch (error.code) {
    case 'login-failed':
      return { code: 4004, reason, error };
    case 'unavailable':
    case 'limit-reached':
    case 'rate-limited':
      return { code: 1013, reason, error };
    case 'internal':
      return { code: 1011, reason, error };
    default:
      return { code: 1008, reason, error };
  }
}

/** The positions of several subscriptions; where two follow the same topic, those of the one that is behind. */
export function merge(lists: readonly string[]): string {
  const least = new Map<string, number>();
  // A single topic that is not named begins anew, but one of a wildcard begins at the oldest message, which is better.
  const ordered = lists.filter((list) => list !== '').sort((a, b) => b.length - a.length);
  for (const position of ordered.flatMap((list) => list.split(','))) {
    const dash = position.lastIndexOf('-');
    const epoch = position.slice(0, dash);
    const offset = Number(position.slice(dash + 1));
    least.set(epoch, Math.min(offset, least.get(epoch) ?? offset));
  }
  const all = [...least].map(([epoch, offset]) => `${epoch}-${offset}`);
  let size = all.join(',').length;
  while (size > MAX_AFTER) {
    size -= (all.shift()?.length ?? size) + 1;
  }
  return all.join(',');
}

/** Whether a topic is one that a destination names; `*` is one segment, `**` the rest. */
export function matcher(destination: string): (topic: string) => boolean {
  const own = '/user/queue/';
  if (!destination.includes('*') && !destination.startsWith(own)) {
    return (topic) => topic === destination;
  }
  const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const pattern = destination.startsWith(own)
    ? `/user/[^/]+/queue/${literal(destination.slice(own.length))}`
    : destination
        .split(/(\*\*|\*)/)
        .map((part) => (part === '**' ? '.+' : part === '*' ? '[^./]+' : literal(part)))
        .join('');
  const expression = new RegExp(`^${pattern}$`);
  return (topic) => topic === destination || expression.test(topic);
}

function incoming(message: MessageData, destination: string): Incoming {
  const { body, base64 = '' } = message;
  return {
    destination: destination.startsWith('/user/queue/') ? destination : message.destination,
    position: message.position,
    publishedAt: message.publishedAt,
    announced: message.missed !== undefined,
    headers: message.headers,
    text: () => body ?? new TextDecoder().decode(fromBase64(base64)),
    bytes: () => (body === undefined ? fromBase64(base64) : new TextEncoder().encode(body)),
  };
}

/** What the service has taken. */
export function receiptOf({ key }: Sending, { position, answer }: Published): Receipt {
  return { key, position, ...(answer === undefined ? {} : { answer }) };
}

/** A message as `POST /api/publish` takes it. */
export function publicationOf({ destination, body, contentType, headers, key }: Sending): object {
  const content = typeof body === 'string' ? { body } : { base64: toBase64(body) };
  return { destination, ...content, contentType, headers, messageKey: key };
}
