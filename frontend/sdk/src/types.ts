import type { CarillonError } from './errors.ts';

/** Whether there is a connection: none wanted, one being made (again), or one that works. */
export type ConnectionState = 'disconnected' | 'connecting' | 'connected';

/** Whether the service delivers: no, asked for (or cut off and to be resumed), or confirmed. */
export type SubscriptionState = 'unsubscribed' | 'subscribing' | 'subscribed';

/** A rung of the ladder of transports. */
export type TransportName = 'websocket' | 'sse' | 'long-poll' | 'sockjs';

/** What a client needs to know; everything has a default. */
export interface ClientOptions {
  /** The address of the service, such as `https://example.org/carillon`. Default: the origin of the page. */
  readonly url?: string;

  /**
   * What to try, in this order. The next one is tried when one fails although the service can be reached by HTTP.
   * Default: `['websocket', 'sse', 'long-poll']`. SockJS is loaded only if it is named here and its turn comes.
   */
  readonly transports?: readonly TransportName[];

  /**
   * Fetches a one-time ticket before each connection; `undefined` means to come as a guest. When it
   * rejects or takes longer than `connectTimeout`, it is asked again later; no other transport is tried for that. See
   * {@link pageTicket} for pages that sign in with a cookie.
   */
  readonly ticket?: () => Promise<string | undefined>;

  /**
   * Fetches a bearer token before each connection, and again shortly before the token ends, to renew it on the live
   * connection.
   */
  readonly token?: () => Promise<string | undefined>;

  /** A login and passcode, for CONNECT and for HTTP Basic. */
  readonly credentials?: { readonly login: string; readonly passcode: string };

  /** Whether several frames may share one WebSocket message, which is faster. Default: true. */
  readonly batch?: boolean;

  /**
   * How often each side gives a sign of life, in milliseconds; 0 for never. Who is silent for twice as long is taken
   * for gone. Default: 10000 both ways.
   */
  readonly heartbeat?: { readonly outgoing?: number; readonly incoming?: number };

  /** How long to wait before connecting again: random, up to a bound that doubles from `base` to `cap`. */
  readonly backoff?: Partial<BackoffOptions>;

  /** How long one attempt to connect may take, ticket or token included, in milliseconds. Default: 10000. */
  readonly connectTimeout?: number;

  /** How long the answer to a publish or request may take, over all reconnects, in milliseconds. Default: 60000. */
  readonly requestTimeout?: number;

  /** How many publishes may wait for an answer; further ones are refused with `queue-full`. Default: 10000. */
  readonly maxPending?: number;

  /**
   * Reports to those who run the service how late messages of topics arrive: of some, picked at random, the destination
   * and the delay, never what is in them or in queues. Nothing is measured while the page is hidden. Default: no reports.
   */
  readonly latency?: LatencyOptions;

  /** What tests and other surroundings replace. */
  readonly environment?: Partial<Environment>;
}

/** See {@link ClientOptions.backoff}. */
export interface BackoffOptions {
  /** The first bound, in milliseconds. Default: 500. */
  readonly base: number;

  /** The last bound, in milliseconds. Default: 30000. */
  readonly cap: number;

  /** After how many milliseconds of a working connection the bound starts over. Default: 5000. */
  readonly settled: number;
}

/** See {@link ClientOptions.latency}. */
export interface LatencyOptions {
  /** Which part of the messages is picked, above 0 and at most 1; a report has 20 at most. Default: 0.01. */
  readonly share?: number;

  /** How often a report is sent if there is something to report, 1000 to 86400000 milliseconds. Default: 10000. */
  readonly every?: number;
}

/** Time, randomness and network, as the client sees them. */
export interface Environment {
  readonly clock: Clock;

  /** A number from 0 up to but not including 1. */
  readonly random: () => number;

  readonly fetch: typeof fetch;

  /** Opens a WebSocket. */
  readonly webSocket: (url: string, protocols: string[]) => WebSocket;

  /** Opens a SockJS connection; loads the library first. */
  readonly sockJs: (url: string) => Promise<WebSocket>;

  /** Where `online`, `offline` and `visibilitychange` are heard; `undefined` where there is no page. */
  readonly page: PageSignals | undefined;
}

/** Timers that also work in background tabs. Times are in milliseconds. */
export interface Clock {
  now(): number;

  /** Runs something later; the function that is returned prevents that. */
  schedule(delay: number, action: () => void): () => void;
}

/** What a page tells of itself. */
export interface PageSignals {
  isVisible(): boolean;

  /** Reports that the network came (back), went, or that the page is seen again, until the returned function is called. */
  watch(listener: (signal: 'online' | 'offline' | 'visible') => void): () => void;
}

/** One message of a topic. */
export interface Message<T = unknown> {
  /** The body: parsed if it is JSON, text if it is text, else bytes. */
  readonly body: T;

  /** The body as it came. */
  readonly raw: Uint8Array;

  /** The topic, which for a wildcard says which of them. */
  readonly destination: string;

  /** Its place in the topic, `epoch-offset`, which `resumeFrom` takes; `undefined` for answers that come from no topic. */
  readonly position: string | undefined;

  /** When the service took it, in milliseconds since 1970 by the clock of the service; 0 for answers. */
  readonly publishedAt: number;

  /** Whether it repeats an old value because its source is silent. */
  readonly stale: boolean;

  /** How many messages before it the service left out for this subscription. */
  readonly skipped: number;

  /** All headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Messages that will not come. Told once. */
export interface Gap {
  /** The topic; for a wildcard whose topic is not known any more, the wildcard. */
  readonly destination: string;

  /** The position of the first one that is missing. */
  readonly from: string;

  /** The position of the last one that is missing; `undefined` if nobody knows. */
  readonly to: string | undefined;

  /** How many are missing; `undefined` if nobody knows. */
  readonly count: number | undefined;

  /**
   * Why: this client was `slow`; it was away until they had `expired` from the topic's log; the log was `restarted`, so
   * that nobody knows what it missed, if anything; or `unknown`.
   */
  readonly reason: 'slow' | 'expired' | 'restarted' | 'unknown';
}

/** How to subscribe. */
export interface SubscribeOptions {
  /** Begin with the newest so many messages. Default: as the family of topics says. */
  readonly replay?: number;

  /** Continue after this position, for a wildcard a list with commas: a {@link Subscription.position} that was kept. */
  readonly resumeFrom?: string;

  /** While behind, receive the newest message only; what is left out is no gap but counted in `skipped`. */
  readonly mode?: 'latest';

  /** Told of each gap, beside the client's event. */
  readonly onGap?: (gap: Gap) => void;

  /** Told of each change of state; with the error if the service ended it. */
  readonly onState?: (state: SubscriptionState, error?: CarillonError) => void;

  /** Ends the subscription. */
  readonly signal?: AbortSignal;
}

/** One subscription, over all connections of its client. */
export interface Subscription {
  readonly destination: string;
  readonly state: SubscriptionState;

  /** After which position it would resume; for a wildcard a list with commas. `undefined` before the first confirmation. */
  readonly position: string | undefined;

  /** Ends it; no message is handed on from now. Resolves when the service has confirmed, or at once without connection. */
  unsubscribe(): Promise<void>;
}

/** How to publish. */
export interface PublishOptions {
  /** Names the message: the same key from the same user is published once. Default: a new random one. */
  readonly key?: string;

  /** Headers for subscribers. */
  readonly headers?: Readonly<Record<string, string>>;

  /** Default: `application/json`, `text/plain;charset=UTF-8` or `application/octet-stream`, by the body. */
  readonly contentType?: string;

  /** Gives up waiting. What is on its way may be published all the same. */
  readonly signal?: AbortSignal;
}

/** A request to one of the service's HTTP resources. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

  /** Below the address of the service, such as `/api/rooms`. */
  readonly path: string;

  /** Sent as JSON. */
  readonly body?: unknown;

  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The service has taken a message. */
export interface Receipt {
  readonly key: string;

  /** Where it stands, if the transport tells. */
  readonly position: string | undefined;

  /** What the application answered, if it did and the transport tells: over HTTP, not over a socket. */
  readonly answer?: unknown;
}

/** How to ask. */
export interface RequestOptions extends PublishOptions {
  /**
   * Where the answer to a request with a body comes, such as `/user/queue/scores`; over HTTP it comes at once. Without a
   * body the destination is subscribed to for its one answer.
   */
  readonly reply?: string;

  /** Knows the answer among the messages of `reply`. Default: the first one. */
  readonly matches?: (message: Message) => boolean;
}

/** Why a connection ended. */
export interface Close {
  /** A code of docs/protocol.md, or 1005, 1006 and other codes of RFC 6455. */
  readonly code: number;
  readonly name: string;
  readonly reason: string;
  readonly reconnect: 'no' | 'now' | 'later';

  /** In how many milliseconds the client tries again; `undefined` if it does not. */
  readonly retryIn: number | undefined;
}

/** Who the service says we are. */
export interface SessionInfo {
  readonly user: string;
  readonly guest: boolean;
  readonly transport: TransportName;

  /** The service's name of the session, if the transport has one. */
  readonly session: string | undefined;
}

/** Something that went over the wire, for those who want to watch. */
export interface WireFrame {
  readonly direction: 'in' | 'out';

  /** In milliseconds since 1970 by the clock of this client. */
  readonly at: number;
  readonly transport: TransportName;

  /** As it went, with secrets blanked out; bytes are shown as their number. */
  readonly text: string;

  /** In bytes. */
  readonly size: number;
}

/** What a client tells. */
export interface ClientEvents {
  readonly state: { readonly state: ConnectionState; readonly previous: ConnectionState };
  readonly transport: { readonly transport: TransportName | undefined; readonly previous: TransportName | undefined };
  readonly session: SessionInfo;
  readonly close: Close;

  /** What went wrong and reached no caller. */
  readonly error: CarillonError;
  readonly gap: Gap;

  /** Costs nothing while nobody listens. */
  readonly frame: WireFrame;
}

/**
 * A connection to a Carillon service that comes back by itself and resumes every subscription where it was.
 *
 * Methods may be called in every state; what needs a connection waits for it.
 */
export interface CarillonClient {
  readonly state: ConnectionState;

  /** The transport in use, or `undefined` without a connection. */
  readonly transport: TransportName | undefined;

  /** The name the service gave us, last we heard. */
  readonly user: string | undefined;

  /** The address of the service, without a slash at the end. */
  readonly url: string;

  /** Listens to an event until the returned function is called. */
  on<E extends keyof ClientEvents>(event: E, listener: (value: ClientEvents[E]) => void): () => void;

  /**
   * Connects. Resolves with the first connection; rejects when the service says not to come back, or by `close()`.
   * Calling it again joins the attempt under way, and a retry that waits is made at once.
   */
  connect(): Promise<void>;

  /** Says goodbye and forgets subscriptions and waiting publishes, which are rejected with `closed`. */
  close(): Promise<void>;

  /**
   * Subscribes; resolves when the service has confirmed: from then on every message is handed on, once and in order,
   * or reported as a gap. Rejects with the service's refusal.
   *
   * @param destination a topic such as `/topic/stocks.AAPL`, a wildcard, `/queue/…` or `/user/queue/…`
   * @param handler called for each message; what it throws is reported as an uncaught error and delays nothing
   */
  subscribe<T = unknown>(
    destination: string,
    handler: (message: Message<T>) => void,
    options?: SubscribeOptions,
  ): Promise<Subscription>;

  /**
   * Publishes; resolves when the service has taken it. After a cut it is sent again under the same key, so that it is
   * published once.
   *
   * @param body text, bytes, or anything that JSON can say
   */
  publish(destination: string, body: unknown, options?: PublishOptions): Promise<Receipt>;

  /** Asks an application destination for one answer. */
  request<T = unknown>(destination: string, body?: unknown, options?: RequestOptions): Promise<T>;

  /** Asks an HTTP resource of the service as the same user. Resolves with the parsed JSON, `undefined` if there is none. */
  http<T = unknown>(request: HttpRequest): Promise<T>;

  /** Moves to a transport and stays there; `undefined` returns to the ladder. Resolves when connected. */
  useTransport(name: TransportName | undefined): Promise<void>;

  /** Drops the connection as a network failure would, to show or test the recovery. */
  cut(): void;
}
