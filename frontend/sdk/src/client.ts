import { ActiveSubscription } from './active-subscription.ts';
import { Api } from './api.ts';
import { Backoff } from './backoff.ts';
import { backgroundClock } from './clock.ts';
import { closeCode, retryAfter } from './close-codes.ts';
import { type Deferred, deferred } from './deferred.ts';
import { Emitter } from './emitter.ts';
import { CarillonError } from './errors.ts';
import { HttpLink, publicationOf, type Published, receiptOf } from './http-link.ts';
import { Identity } from './identity.ts';
import { newKey } from './keys.ts';
import { Ladder } from './ladder.ts';
import { LatencyReports } from './latency.ts';
import {
  type Link,
  type LinkEnd,
  LinkFailure,
  LinkLost,
  type Placing,
  type Sending,
  type Tap,
  Unidentified,
} from './link.ts';
import { Outbox } from './outbox.ts';
import { pageSignals } from './page.ts';
import { openSockJs } from './sockjs.ts';
import { StompLink } from './stomp-link.ts';
import type {
  CarillonClient,
  ClientEvents,
  ClientOptions,
  Close,
  ConnectionState,
  Environment,
  HttpRequest,
  Message,
  PublishOptions,
  Receipt,
  RequestOptions,
  SubscribeOptions,
  Subscription,
  TransportName,
} from './types.ts';

/** How long the service may take to answer after the page or the network came back, in milliseconds. */
const SIGN_OF_LIFE = 5000;

/** How long until a refused but promising subscription or token is tried again, in milliseconds. */
const AGAIN = 5000;

/**
 * Makes a client; it does nothing until `connect()`.
 *
 * @throws TypeError if an option has a value that is not possible
 */
export function createClient(options: ClientOptions = {}): CarillonClient {
  return new Client(options);
}

class Client implements CarillonClient {
  readonly url: string;
  readonly #options: ClientOptions;
  readonly #environment: Environment;
  readonly #identity: Identity;
  readonly #api: Api;
  readonly #ladder: Ladder;
  readonly #backoff: Backoff;
  readonly #outbox: Outbox;
  readonly #latency: LatencyReports | undefined;
  readonly #emitter = new Emitter<ClientEvents>();
  readonly #subscriptions = new Map<string, ActiveSubscription>();

  #state: ConnectionState = 'disconnected';
  #link: Link | undefined;
  #user: string | undefined;

  /** What `connect()` waits for; one for each time that the client is wanted. */
  #wanted: Deferred<void> | undefined;

  /** Ends the attempt to connect that is under way. */
  #attempt = new AbortController();
  #wake = (): void => {};
  #unwatch = (): void => {};

  /** Whether the next connection is to be made at once because it is another transport's turn. */
  #isMoving = false;
  #renewals = 0;
  #ids = 0;

  constructor(options: ClientOptions) {
    const { environment = {} } = options;
    this.#options = options;
    this.url = (options.url ?? (typeof location === 'undefined' ? '' : location.origin)).replace(/\/$/, '');
    if (!/^https?:\/\//.test(this.url)) {
      throw new TypeError('url must be the address of the service, such as https://example.org');
    }
    this.#environment = {
      clock: environment.clock ?? backgroundClock(),
      random: environment.random ?? Math.random,
      fetch: environment.fetch ?? ((...request) => fetch(...request)),
      webSocket: environment.webSocket ?? ((url, protocols) => new WebSocket(url, protocols)),
      sockJs: environment.sockJs ?? openSockJs,
      page: 'page' in environment ? environment.page : pageSignals(),
    };
    const { clock, random } = this.#environment;
    this.#identity = new Identity(options);
    this.#api = new Api(this.url, this.#environment.fetch, this.#identity);
    this.#ladder = new Ladder(options.transports ?? ['websocket', 'sse', 'long-poll'], () => clock.now());
    this.#backoff = new Backoff(options.backoff ?? {}, random);
    this.#outbox = new Outbox(clock, options.maxPending ?? 10_000, options.requestTimeout ?? 60_000);
    const { latency } = options;
    this.#latency = latency === undefined ? undefined : new LatencyReports(latency, this.#environment, this.#api);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get transport(): TransportName | undefined {
    return this.#link?.transport;
  }

  get user(): string | undefined {
    return this.#user;
  }

  on<E extends keyof ClientEvents>(event: E, listener: (value: ClientEvents[E]) => void): () => void {
    return this.#emitter.on(event, listener);
  }

  connect(): Promise<void> {
    if (this.#wanted === undefined) {
      const wanted = deferred<void>();
      this.#wanted = wanted;
      this.#unwatch = this.#environment.page?.watch((signal) => this.#hear(signal)) ?? this.#unwatch;
      this.#become('connecting');
      void this.#run(wanted);
    } else {
      this.#wake();
    }
    return this.#wanted.promise;
  }

  async close(): Promise<void> {
    const error = new CarillonError('closed', 'The client was closed');
    const link = this.#link;
    this.#stop(error);
    this.#subscriptions.forEach((subscription) => subscription.become('unsubscribed', error));
    this.#subscriptions.clear();
    await link?.close();
  }

  async subscribe<T>(
    destination: string,
    handler: (message: Message<T>) => void,
    options: SubscribeOptions = {},
  ): Promise<Subscription> {
    const { signal } = options;
    if (signal?.aborted === true) {
      throw new CarillonError('aborted', 'The caller gave up', destination);
    }
    const id = `s${++this.#ids}`;
    const subscription: ActiveSubscription = new ActiveSubscription(
      id,
      destination,
      handler,
      options,
      (gap) => this.#emitter.emit('gap', gap),
      () => this.#remove(subscription),
      (error, isOver) => this.#withdraw(subscription, error, isOver),
      this.#latency,
    );
    this.#subscriptions.set(id, subscription);
    const abort = (): void => {
      subscription.become('unsubscribed', new CarillonError('aborted', 'The caller gave up', destination));
      void this.#remove(subscription);
    };
    signal?.addEventListener('abort', abort, { once: true });
    if (this.#link !== undefined) {
      this.#place(this.#link, subscription);
    }
    return subscription.confirmation.promise;
  }

  publish(destination: string, body: unknown, options: PublishOptions = {}): Promise<Receipt> {
    const { key = newKey(), headers = {}, signal } = options;
    let sending: Sending;
    try {
      sending = { destination, ...encode(body, options.contentType), headers, key };
    } catch (error) {
      const message = 'The body is nothing that JSON can say';
      return Promise.reject(new CarillonError('bad-value', message, destination, { cause: error }));
    }
    return this.#outbox
      .add((link) => link.send(sending), signal)
      .catch((error: unknown) => {
        throw about(destination, error);
      });
  }

  async request<T>(destination: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
    const { reply, matches = () => true, signal } = options;
    if (body === undefined) {
      const answer = this.#outbox.add((link) => link.ask(destination), signal);
      return answer.catch((error: unknown) => {
        throw about(destination, error);
      }) as Promise<T>;
    }
    if (reply === undefined) {
      const { answer } = await this.publish(destination, body, options);
      return answer as T;
    }
    const answered = deferred<T>();
    const listen = (message: Message): void => {
      if (matches(message)) {
        answered.resolve(message.body as T);
      }
    };
    const replies = await this.subscribe(reply, listen, { replay: 0, ...(signal === undefined ? {} : { signal }) });
    try {
      const { answer } = await this.publish(destination, body, options);
      if (answer !== undefined) {
        return answer as T;
      }
      return await this.#outbox.add(() => answered.promise, signal);
    } finally {
      void replies.unsubscribe();
    }
  }

  http<T>(request: HttpRequest): Promise<T> {
    return this.#api.json<T>(request).catch((error: unknown) => {
      if (error instanceof CarillonError) {
        throw error;
      }
      const isAborted = request.signal?.aborted === true;
      throw isAborted
        ? new CarillonError('aborted', 'The caller gave up')
        : new CarillonError('unavailable', 'The service cannot be reached', undefined, { cause: error });
    });
  }

  async useTransport(name: TransportName | undefined): Promise<void> {
    this.#ladder.force(name);
    if (this.#link !== undefined && this.#link.transport === this.#ladder.current) {
      return;
    }
    if (this.#wanted === undefined) {
      return this.connect();
    }
    const moved = deferred<void>();
    const stop = [
      this.on('session', () => moved.resolve()),
      this.on('state', ({ state }) => {
        if (state === 'disconnected') {
          moved.reject(new CarillonError('closed', 'The client was closed'));
        }
      }),
    ];
    this.#isMoving = true;
    this.#attempt.abort();
    void this.#link?.close();
    this.#wake();
    await moved.promise.finally(() => stop.forEach((one) => one()));
  }

  cut(): void {
    this.#link?.cut();
  }

  // The connection

  /** Connects, and connects again, until nobody wants it any more. */
  async #run(wanted: Deferred<void>): Promise<void> {
    while (this.#wanted === wanted) {
      const transport = this.#ladder.current;
      this.#isMoving = false;
      const end = await this.#once(wanted, transport);
      if (this.#wanted !== wanted) {
        return;
      }
      const isMoving = this.#isMoving;
      const { reconnect, name, reason } = closeCode(end.code, end.reason);
      const isHopeless = reconnect === 'no' && !isMoving && !this.#mayRenew(end);
      const retryIn = isHopeless ? undefined : isMoving ? 0 : this.#backoff.next(reconnect, retryAfter(end.reason));
      const close: Close = { code: end.code, name, reason: end.reason || reason, reconnect, retryIn };
      this.#emitter.emit('close', close);
      if (retryIn === undefined) {
        const error = end.error ?? new CarillonError('closed', `The service closed: ${close.code} ${close.reason}`);
        this.#emitter.emit('error', error);
        this.#stop(error);
        return;
      }
      this.#become('connecting');
      await this.#pause(retryIn);
    }
  }

  /** One connection, from its beginning to its end. */
  async #once(wanted: Deferred<void>, transport: TransportName): Promise<LinkEnd> {
    const { clock } = this.#environment;
    let link: Link;
    try {
      link = await this.#dial(transport);
    } catch (error) {
      return this.#failed(transport, error);
    }
    if (this.#wanted !== wanted || this.#ladder.current !== transport) {
      // Somebody has changed their mind.
      await link.close();
      return { code: 1000, reason: 'normal' };
    }
    const since = clock.now();
    this.#ladder.worked();
    this.#adopt(link);
    wanted.resolve();
    const end = await link.closed;
    this.#backoff.lasted(clock.now() - since);
    if (clock.now() - since >= AGAIN) {
      this.#renewals = 0;
    }
    this.#ladder.ended();
    this.#lose(link);
    return end;
  }

  async #failed(transport: TransportName, error: unknown): Promise<LinkEnd> {
    const end: LinkEnd = error instanceof LinkFailure ? error.end : { code: 1006, reason: 'no connection' };
    const isLost = closeCode(end.code).name === 'connection_lost' || end.code === 4001;
    const isNetwork = isLost && !(error instanceof Unidentified);
    // Whether it is this transport that the network does not let through, or nothing at all.
    if (isNetwork && this.#ladder.hasOthers && this.#ladder.current === transport && (await this.#api.isReachable())) {
      if (this.#ladder.failed()) {
        this.#isMoving = true;
        return { code: 1000, reason: `${transport} does not get through` };
      }
    }
    return end;
  }

  async #dial(transport: TransportName): Promise<Link> {
    const { clock, webSocket, sockJs, page } = this.#environment;
    const attempt = new AbortController();
    this.#attempt = attempt;
    const patience = this.#options.connectTimeout ?? 10_000;
    const stop = clock.schedule(patience, () => attempt.abort());
    const { signal } = attempt;
    try {
      const tap = this.#tap(transport);
      if (transport === 'sse' || transport === 'long-poll') {
        await identified(this.#identity.renew(), signal);
        return await HttpLink.open({ transport, api: this.#api, clock, patience, tap, signal });
      }
      const who = Promise.all([this.#identity.connectHeaders(), this.#identity.ticket()]);
      const [connectHeaders, ticket] = await identified(who, signal);
      let socket: () => WebSocket;
      if (transport === 'sockjs') {
        if (ticket !== undefined) {
          connectHeaders['ticket'] = ticket;
        }
        const opened = await sockJs(`${this.url}/sockjs`);
        socket = () => opened;
      } else {
        const query = ticket === undefined ? '' : `?ticket=${encodeURIComponent(ticket)}`;
        socket = () => webSocket(`${this.url.replace(/^http/, 'ws')}/ws${query}`, ['v12.stomp']);
      }
      const { outgoing = 10_000, incoming = 10_000 } = this.#options.heartbeat ?? {};
      const batch = this.#options.batch ?? true;
      const isVisible = (): boolean => page?.isVisible() ?? true;
      const sendBytes = transport === 'sockjs' ? (sending: Sending) => this.#post(sending) : undefined;
      const more = { sendBytes, outgoing, incoming, batch, isVisible, clock, tap, signal };
      return await StompLink.open({ transport, socket, connectHeaders, ...more });
    } finally {
      stop();
    }
  }

  /** Publishes by HTTP. */
  async #post(sending: Sending): Promise<Receipt> {
    const request = { method: 'POST', path: '/api/publish', body: publicationOf(sending) } as const;
    return receiptOf(sending, await this.#api.json<Published>(request));
  }

  #adopt(link: Link): void {
    this.#link = link;
    this.#user = link.user;
    if (this.#identity.hasToken && (link.transport === 'websocket' || link.transport === 'sockjs')) {
      this.#watchToken(link);
    }
    this.#subscriptions.forEach((subscription) => this.#place(link, subscription));
    this.#become('connected');
    this.#emitter.emit('transport', { transport: link.transport, previous: undefined });
    const { user, transport, session } = link;
    this.#emitter.emit('session', { user, guest: user.startsWith('guest-'), transport, session });
    this.#outbox.connected(link);
    this.#latency?.connected(link);
  }

  #lose(link: Link): void {
    if (this.#link !== link) {
      return;
    }
    this.#link = undefined;
    this.#outbox.disconnected();
    this.#latency?.disconnected();
    this.#subscriptions.forEach((subscription) => subscription.become('subscribing'));
    this.#emitter.emit('transport', { transport: undefined, previous: link.transport });
  }

  /** Nobody wants to be connected any more, or the service wants nobody. */
  #stop(error: CarillonError): void {
    const wanted = this.#wanted;
    const link = this.#link;
    this.#wanted = undefined;
    this.#unwatch();
    this.#attempt.abort();
    this.#outbox.clear(error);
    if (link !== undefined) {
      this.#lose(link);
    }
    for (const [id, subscription] of this.#subscriptions) {
      subscription.become('unsubscribed', error);
      if (!subscription.wasConfirmed) {
        this.#subscriptions.delete(id);
      }
    }
    wanted?.reject(error);
    this.#become('disconnected');
    this.#wake();
  }

  #become(state: ConnectionState): void {
    const previous = this.#state;
    if (state !== previous) {
      this.#state = state;
      this.#emitter.emit('state', { state, previous });
    }
  }

  /** Whether a refusal of who we are may not be the last word: there is a way to get a fresh ticket or token. */
  #mayRenew({ code }: LinkEnd): boolean {
    return (code === 4004 || code === 4005) && this.#identity.isRenewable && this.#renewals++ < 1;
  }

  /** Waits, unless something happens that makes it worth trying at once. */
  #pause(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#environment.clock.schedule(millis, resolve);
      this.#wake = () => {
        stop();
        resolve();
      };
    });
  }

  #hear(signal: 'online' | 'offline' | 'visible'): void {
    if (signal === 'offline') {
      // A service on this machine can still be reached; the next heart-beat tells.
      return;
    }
    if (signal === 'online') {
      this.#ladder.restart();
    }
    this.#link?.check(SIGN_OF_LIFE);
    this.#wake();
  }

  // Subscriptions

  #place(link: Link, subscription: ActiveSubscription): void {
    subscription.become('subscribing');
    link.place(subscription).catch((error: unknown) => {
      if (!(error instanceof CarillonError) || !this.#subscriptions.has(subscription.id)) {
        return;
      }
      if (subscription.wasConfirmed && isPassing(error)) {
        this.#emitter.emit('error', error);
        this.#environment.clock.schedule(AGAIN, () => {
          if (this.#link === link && this.#subscriptions.has(subscription.id)) {
            this.#place(link, subscription);
          }
        });
        return;
      }
      if (subscription.wasConfirmed) {
        this.#withdraw(subscription, error, true);
      } else {
        this.#subscriptions.delete(subscription.id);
        subscription.become('unsubscribed', about(subscription.destination, error));
      }
    });
  }

  /** The service takes a subscription back, or a topic of it. */
  #withdraw(subscription: ActiveSubscription, error: CarillonError, isOver: boolean): void {
    const told = isOver ? about(subscription.destination, error) : error;
    if (isOver && this.#subscriptions.delete(subscription.id)) {
      subscription.become('unsubscribed', told);
    }
    this.#emitter.emit('error', told);
  }

  async #remove(subscription: ActiveSubscription): Promise<void> {
    if (!this.#subscriptions.delete(subscription.id)) {
      return;
    }
    subscription.become('unsubscribed');
    subscription.confirmation.reject(new CarillonError('closed', 'Unsubscribed', subscription.destination));
    try {
      await this.#link?.remove(subscription.id);
    } catch (error) {
      if (!(error instanceof LinkLost)) {
        throw error;
      }
    }
  }

  // Identity

  /** Renews the token on the live connection when the service warns that it ends. */
  #watchToken(link: Link): void {
    const placing: Placing = {
      id: 'session',
      destination: '/user/queue/session',
      replay: 0,
      latest: false,
      resumeFrom: () => '',
      confirmed: () => {},
      withdrawn: (error) => this.#emitter.emit('error', error),
      received: ({ headers }) => {
        if (headers['expires-in'] !== undefined) {
          void this.#renew(link);
        }
      },
    };
    link.place(placing).catch((error: unknown) => {
      if (error instanceof CarillonError) {
        this.#emitter.emit('error', error);
      }
    });
  }

  async #renew(link: Link): Promise<void> {
    try {
      const token = await this.#identity.renew();
      if (token !== undefined) {
        const destination = '/app/session.refresh';
        const contentType = 'text/plain';
        await link.send({ destination, body: token, contentType, headers: {}, key: newKey() });
      }
    } catch (error) {
      if (error instanceof LinkLost) {
        return;
      }
      const message = error instanceof Error ? error.message : 'The token could not be renewed';
      this.#emitter.emit('error', new CarillonError('login-failed', message, undefined, { cause: error }));
      this.#environment.clock.schedule(AGAIN, () => {
        if (this.#link === link) {
          void this.#renew(link);
        }
      });
    }
  }

  #tap(transport: TransportName): Tap {
    const emitter = this.#emitter;
    const { clock } = this.#environment;
    return {
      get isOpen() {
        return emitter.isHeard('frame');
      },
      show: (direction, data) => {
        const isText = typeof data === 'string';
        const size = isText ? new TextEncoder().encode(data).length : data.byteLength;
        const text = isText ? withoutSecrets(data) : `(${size} bytes)`;
        emitter.emit('frame', { direction, at: clock.now(), transport, text, size });
      },
    };
  }
}

/** The same error, with the destination it is about. */
function about(destination: string, error: unknown): CarillonError {
  return error instanceof CarillonError
    ? new CarillonError(error.code, error.message, destination, { cause: error })
    : new CarillonError('internal', String(error), destination, { cause: error });
}

/** Whether a refusal may be another answer a little later. */
function isPassing({ code }: CarillonError): boolean {
  return code === 'unavailable' || code === 'internal' || code === 'rate-limited' || code === 'limit-reached';
}

/** Waits for who we are, unless nobody wants to know any more. */
function identified<T>(who: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Unidentified('given up')), { once: true });
    who.then(resolve, () => reject(new Unidentified('no ticket or token')));
  });
}

function encode(body: unknown, contentType: string | undefined): Pick<Sending, 'body' | 'contentType'> {
  if (typeof body === 'string') {
    return { body, contentType: contentType ?? 'text/plain;charset=UTF-8' };
  }
  if (body instanceof Uint8Array) {
    return { body, contentType: contentType ?? 'application/octet-stream' };
  }
  const json = JSON.stringify(body) as string | undefined;
  if (json === undefined) {
    throw new TypeError('undefined');
  }
  return { body: json, contentType: contentType ?? 'application/json' };
}

/** Headers and parameters that nobody should read over a shoulder, and the token that is the body of a refresh. */
function withoutSecrets(text: string): string {
  const hidden = text
    .replace(/^(passcode|Authorization|ticket):.*$/gim, '$1:…')
    .replace(/([?&]ticket=)[^&\s]*/g, '$1…');
  return hidden.includes('/app/session.refresh') ? hidden.replace(/\n\n[^]*/, '\n\n…') : hidden;
}
