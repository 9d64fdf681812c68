import type { Api } from './api.ts';
import { type Incoming, type Link, type LinkEnd, type Placing, type Sending, type Tap } from './link.ts';
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
/**
 * Server-sent events, or the same events in answers that end (long poll), and POST for what is sent.
 *
 * One stream carries all subscriptions, since browsers allow few connections to one origin. A new subscription first
 * asks where it would begin, with a request of its own; then the stream is opened again at everybody's place.
 */
export declare class HttpLink implements Link {
    #private;
    readonly transport: 'sse' | 'long-poll';
    user: string;
    readonly session: undefined;
    readonly closed: Promise<LinkEnd>;
    private constructor();
    /** Connects. Rejects with {@link LinkFailure}. */
    static open(options: HttpLinkOptions): Promise<HttpLink>;
    place(placing: Placing): Promise<void>;
    remove(id: string): Promise<void>;
    send(sending: Sending): Promise<Receipt>;
    ask(destination: string, http: HttpRequest | undefined): Promise<Incoming>;
    check(millis: number): void;
    close(): Promise<void>;
    cut(): void;
}
/** The positions of several subscriptions; where two follow the same topic, those of the one that is behind. */
export declare function merge(lists: readonly string[]): string;
/** Whether a topic is one that a destination names; `*` is one segment, `**` the rest. */
export declare function matcher(destination: string): (topic: string) => boolean;
//# sourceMappingURL=http-link.d.ts.map