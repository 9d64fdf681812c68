import { CarillonError } from './errors.ts';
import { type Link } from './link.ts';
import type { Clock } from './types.ts';
/**
 * What waits for an answer of the service, in order. It is done again with the next connection when one is lost before
 * the answer, so it must be safe to repeat.
 */
export declare class Outbox {
    #private;
    constructor(clock: Clock, limit: number, timeout: number);
    /** Does something with the present connection or the next one. */
    add<T>(run: (link: Link) => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
    /** There is a connection. */
    connected(link: Link): void;
    /** There is none any more. */
    disconnected(): void;
    /** Rejects whatever waits. */
    clear(error: CarillonError): void;
}
//# sourceMappingURL=outbox.d.ts.map