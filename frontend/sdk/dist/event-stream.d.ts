/** One server-sent event. */
export interface StreamEvent {
    readonly type: string;
    readonly id: string | undefined;
    readonly data: string;
}
/**
 * Reads server-sent events as they arrive (WHATWG HTML, Server-sent events). The browser's `EventSource` shows neither
 * why a stream was refused nor can it send a bearer token.
 *
 * @param on called for each event; `undefined` for bytes that are none, such as comments
 */
export declare function readEvents(body: ReadableStream<Uint8Array>, on: (event: StreamEvent | undefined, size: number) => void): Promise<void>;
//# sourceMappingURL=event-stream.d.ts.map