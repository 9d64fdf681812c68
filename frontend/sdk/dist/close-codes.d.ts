/** Whether a client should come back by itself: not at all, at once, or after a while. */
export type Reconnect = 'no' | 'now' | 'later';
/** Why a connection ended, as docs/protocol.md lists it. */
export interface CloseCode {
    readonly code: number;
    readonly name: string;
    readonly reason: string;
    readonly reconnect: Reconnect;
}
/** How long `later` is when the service names no time, in milliseconds. */
export declare const LATER = 2000;
/** The close codes of the service. Tests of both sides compare this list with the service's own and with the document. */
export declare const CLOSE_CODES: readonly CloseCode[];
/** What a number means. What is not in the list, such as 1006, came from the network: worth another try at once. */
export declare function closeCode(code: number, reason?: string): CloseCode;
/** How long the service asks to stay away, in milliseconds: `restart; retry-after=3000`. */
export declare function retryAfter(reason: string): number | undefined;
//# sourceMappingURL=close-codes.d.ts.map