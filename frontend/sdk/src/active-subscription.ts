import { deferred } from './deferred.ts';
import { shielded } from './emitter.ts';
import type { CarillonError } from './errors.ts';
import type { LatencyReports } from './latency.ts';
import type { Incoming, Placing } from './link.ts';
import { Places } from './places.ts';
import type { Gap, Message, SubscribeOptions, Subscription, SubscriptionState } from './types.ts';

/** One subscription over all connections: it knows its place, hands on what is new, and reports what is missing. */
export class ActiveSubscription implements Subscription, Placing {
  readonly id: string;
  readonly destination: string;
  readonly replay: number | undefined;
  readonly latest: boolean;

  /** Settled by the first confirmation or refusal. */
  readonly confirmation = deferred<Subscription>();

  readonly #handler: (message: Message<never>) => void;
  readonly #options: SubscribeOptions;
  readonly #onGap: (gap: Gap) => void;
  readonly #onUnsubscribe: () => Promise<void>;
  readonly #onWithdrawn: (error: CarillonError, isOver: boolean) => void;
  readonly #latency: LatencyReports | undefined;

  /** Since when it stands on the present connection. */
  #placedAt = 0;

  /** A work queue gives a message to whoever comes next; there is no place to keep. */
  readonly #places: Places | undefined;
  #state: SubscriptionState = 'subscribing';

  constructor(
    id: string,
    destination: string,
    handler: (message: Message<never>) => void,
    options: SubscribeOptions,
    onGap: (gap: Gap) => void,
    onUnsubscribe: () => Promise<void>,
    onWithdrawn: (error: CarillonError, isOver: boolean) => void,
    latency: LatencyReports | undefined,
  ) {
    this.id = id;
    this.destination = destination;
    this.replay = options.replay;
    this.latest = options.mode === 'latest';
    this.#handler = handler;
    this.#options = options;
    this.#onGap = onGap;
    this.#onUnsubscribe = onUnsubscribe;
    this.#onWithdrawn = onWithdrawn;
    this.#latency = latency;
    this.#places = destination.startsWith('/queue/') ? undefined : new Places(destination);
    this.#places?.begin(options.resumeFrom ?? '');
  }

  get state(): SubscriptionState {
    return this.#state;
  }

  get position(): string | undefined {
    return this.resumeFrom() || undefined;
  }

  /** Whether the service has ever confirmed it. */
  wasConfirmed = false;

  resumeFrom(): string {
    return this.#places?.toString() ?? '';
  }

  confirmed(positions: string, recovered: boolean | undefined): void {
    if (this.#state === 'unsubscribed') {
      return;
    }
    if (this.#latency !== undefined && this.#state !== 'subscribed') {
      this.#placedAt = this.#latency.now();
    }
    this.#places?.confirm(positions, recovered).forEach((gap) => this.#report(gap));
    this.wasConfirmed = true;
    this.become('subscribed');
    this.confirmation.resolve(this);
  }

  received(incoming: Incoming): void {
    if (this.#state === 'unsubscribed') {
      return;
    }
    let skipped = 0;
    if (incoming.position !== undefined && this.#places !== undefined) {
      const { isNew, gap } = this.#places.take(incoming.destination, incoming.position, incoming.announced);
      if (!isNew) {
        return;
      }
      if (gap !== undefined) {
        skipped = gap.count ?? 0;
        this.#report(gap);
      }
    }
    this.#latency?.received(incoming, this.#placedAt);
    const message = new ReceivedMessage(incoming, skipped);
    shielded(() => this.#handler(message as unknown as Message<never>));
  }

  withdrawn(error: CarillonError, isOver: boolean): void {
    this.#onWithdrawn(error, isOver);
  }

  become(state: SubscriptionState, error?: CarillonError): void {
    if (state !== this.#state) {
      this.#state = state;
      shielded(() => this.#options.onState?.(state, error));
    }
    if (error !== undefined) {
      this.confirmation.reject(error);
    }
  }

  unsubscribe(): Promise<void> {
    return this.#onUnsubscribe();
  }

  #report(gap: Gap): void {
    // Who wants the newest only does not miss what is left out for that.
    if (!this.latest || gap.reason === 'restarted') {
      shielded(() => this.#options.onGap?.(gap));
      this.#onGap(gap);
    }
  }
}

/** A message as the application sees it. */
class ReceivedMessage implements Message {
  readonly body: unknown;
  readonly destination: string;
  readonly position: string | undefined;
  readonly publishedAt: number;
  readonly stale: boolean;
  readonly skipped: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly #incoming: Incoming;

  constructor(incoming: Incoming, skipped: number) {
    this.#incoming = incoming;
    this.destination = incoming.destination;
    this.position = incoming.position;
    this.publishedAt = incoming.publishedAt;
    this.headers = incoming.headers;
    this.stale = incoming.headers['stale'] === 'true';
    this.skipped = skipped;
    this.body = bodyOf(incoming);
  }

  get raw(): Uint8Array {
    return this.#incoming.bytes();
  }
}

/** The body: parsed if it is JSON, text if it is text, else bytes. */
export function bodyOf(incoming: Incoming): unknown {
  const type = incoming.headers['content-type'] ?? 'text/plain';
  if (/[/+]json\b/.test(type)) {
    const text = incoming.text();
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return type.startsWith('text/') ? incoming.text() : incoming.bytes();
}
