import type { ClientOptions } from './types.ts';
/** Who the client says it is: a ticket, a bearer token, login and passcode, the page's cookie, or nobody. */
export declare class Identity {
    #private;
    constructor(options: Pick<ClientOptions, 'ticket' | 'token' | 'credentials'>);
    /** Whether asking again may give something better than what was refused. */
    get isRenewable(): boolean;
    get hasToken(): boolean;
    /** A ticket for one connection. */
    ticket(): Promise<string | undefined>;
    /** Fetches a token and remembers it. */
    renew(): Promise<string | undefined>;
    /** Fetches a token because the last one was refused. @returns whether it is another one */
    hasFresherToken(): Promise<boolean>;
    /** Headers for CONNECT. */
    connectHeaders(): Promise<Record<string, string>>;
    /** Headers for a request, with the token that was fetched last. */
    requestHeaders(): Promise<Record<string, string>>;
}
//# sourceMappingURL=identity.d.ts.map