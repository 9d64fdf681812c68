import { type Incoming, type Link, type LinkEnd, type Placing, type Sending, type Tap } from './link.ts';
import type { Clock, HttpRequest, Receipt } from './types.ts';
/** What a STOMP connection needs to know. */
export interface StompLinkOptions {
    readonly transport: 'websocket' | 'sockjs';
    readonly socket: () => WebSocket;
    readonly connectHeaders: Readonly<Record<string, string>>;
    readonly batch: boolean;
    readonly outgoing: number;
    readonly incoming: number;
    readonly clock: Clock;
    readonly isVisible: () => boolean;
    readonly tap: Tap;
    readonly signal: AbortSignal;
}
/** STOMP over a WebSocket, or over SockJS. */
export declare class StompLink implements Link {
    #private;
    readonly transport: 'websocket' | 'sockjs';
    user: string;
    session: string | undefined;
    readonly closed: Promise<LinkEnd>;
    private constructor();
    /** Connects. Rejects with {@link LinkFailure}. */
    static open(options: StompLinkOptions): Promise<StompLink>;
    place(placing: Placing): Promise<void>;
    remove(id: string): Promise<void>;
    send({ destination, body, contentType, headers, key }: Sending): Promise<Receipt>;
    ask(destination: string, _http: HttpRequest | undefined): Promise<Incoming>;
    check(millis: number): void;
    close(): Promise<void>;
    cut(): void;
}
//# sourceMappingURL=stomp-link.d.ts.map