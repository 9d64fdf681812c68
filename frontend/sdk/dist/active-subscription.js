import { deferred } from "./deferred.js";
import { shielded } from "./emitter.js";
import { Places } from "./places.js";
/** One subscription over all connections: it knows its place, hands on what is new, and reports what is missing. */
export class ActiveSubscription {
    id;
    destination;
    replay;
    latest;
    /** Settled by the first confirmation or refusal. */
    confirmation = deferred();
    #handler;
    #options;
    #onGap;
    #onUnsubscribe;
    /** A work queue gives a message to whoever comes next; there is no place to keep. */
    #places;
    #state = 'subscribing';
    constructor(id, destination, handler, options, onGap, onUnsubscribe) {
        this.id = id;
        this.destination = destination;
        this.replay = options.replay;
        this.latest = options.mode === 'latest';
        this.#handler = handler;
        this.#options = options;
        this.#onGap = onGap;
        this.#onUnsubscribe = onUnsubscribe;
        this.#places = destination.startsWith('/queue/') ? undefined : new Places(destination);
        this.#places?.begin(options.resumeFrom ?? '');
    }
    get state() {
        return this.#state;
    }
    get position() {
        return this.resumeFrom() || undefined;
    }
    /** Whether the service has ever confirmed it. */
    wasConfirmed = false;
    resumeFrom() {
        return this.#places?.toString() ?? '';
    }
    confirmed(positions, recovered) {
        if (this.#state === 'unsubscribed') {
            return;
        }
        this.#places?.confirm(positions, recovered).forEach((gap) => this.#report(gap));
        this.wasConfirmed = true;
        this.become('subscribed');
        this.confirmation.resolve(this);
    }
    received(incoming) {
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
        const message = new ReceivedMessage(incoming, skipped);
        shielded(() => this.#handler(message));
    }
    become(state, error) {
        if (state !== this.#state) {
            this.#state = state;
            shielded(() => this.#options.onState?.(state, error));
        }
        if (error !== undefined) {
            this.confirmation.reject(error);
        }
    }
    unsubscribe() {
        return this.#onUnsubscribe();
    }
    #report(gap) {
        // Who wants the newest only does not miss what is left out for that.
        if (!this.latest || gap.reason === 'restarted') {
            shielded(() => this.#options.onGap?.(gap));
            this.#onGap(gap);
        }
    }
}
/** A message as the application sees it. */
class ReceivedMessage {
    body;
    destination;
    position;
    publishedAt;
    stale;
    skipped;
    headers;
    #incoming;
    constructor(incoming, skipped) {
        this.#incoming = incoming;
        this.destination = incoming.destination;
        this.position = incoming.position;
        this.publishedAt = incoming.publishedAt;
        this.headers = incoming.headers;
        this.stale = incoming.headers['stale'] === 'true';
        this.skipped = skipped;
        this.body = bodyOf(incoming);
    }
    get raw() {
        return this.#incoming.bytes();
    }
}
/** The body: parsed if it is JSON, text if it is text, else bytes. */
export function bodyOf(incoming) {
    const type = incoming.headers['content-type'] ?? 'text/plain';
    if (/[/+]json\b/.test(type)) {
        const text = incoming.text();
        try {
            return JSON.parse(text);
        }
        catch {
            return text;
        }
    }
    return type.startsWith('text/') ? incoming.text() : incoming.bytes();
}
//# sourceMappingURL=active-subscription.js.map