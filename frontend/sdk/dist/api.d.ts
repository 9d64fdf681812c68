import { Identity } from './identity.ts';
import type { HttpRequest } from './types.ts';
/** The HTTP side of the service. Refusals become errors with the service's code; a network failure is a `TypeError`. */
export declare class Api {
    #private;
    constructor(url: string, fetcher: typeof fetch, identity: Identity);
    /** Asks, and reads the JSON of the answer; `undefined` if there is none. */
    json<T>(request: HttpRequest): Promise<T>;
    /** Asks, and leaves the body of the answer to the caller. */
    open(request: HttpRequest): Promise<Response>;
    /** Whether the service answers at all. */
    isReachable(): Promise<boolean>;
}
/**
 * Fetches tickets for a page that signs in at `/api/session`, for {@link ClientOptions.ticket}; `undefined` while nobody
 * is signed in.
 *
 * @param url the address of the service; default: the origin of the page
 */
export declare function pageTicket(url?: string): () => Promise<string | undefined>;
//# sourceMappingURL=api.d.ts.map