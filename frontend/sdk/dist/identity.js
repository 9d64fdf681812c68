import { toBase64 } from "./base64.js";
/** Who the client says it is: a ticket, a bearer token, login and passcode, the page's cookie, or nobody. */
export class Identity {
    #options;
    #token;
    constructor(options) {
        this.#options = options;
    }
    /** Whether asking again may give something better than what was refused. */
    get isRenewable() {
        return this.#options.token !== undefined || this.#options.ticket !== undefined;
    }
    get hasToken() {
        return this.#options.token !== undefined;
    }
    /** A ticket for one connection. */
    async ticket() {
        return this.#options.ticket?.();
    }
    /** Fetches a token and remembers it. */
    async renew() {
        this.#token = await this.#options.token?.();
        return this.#token;
    }
    /** Fetches a token because the last one was refused. @returns whether it is another one */
    async hasFresherToken() {
        const refused = this.#token;
        return refused !== undefined && (await this.renew()) !== refused && this.#token !== undefined;
    }
    /** Headers for CONNECT. */
    async connectHeaders() {
        const token = await this.renew();
        if (token !== undefined) {
            return { Authorization: `Bearer ${token}` };
        }
        const { credentials } = this.#options;
        return credentials === undefined ? {} : { login: credentials.login, passcode: credentials.passcode };
    }
    /** Headers for a request, with the token that was fetched last. */
    async requestHeaders() {
        const token = this.#token ?? (await this.renew());
        if (token !== undefined) {
            return { Authorization: `Bearer ${token}` };
        }
        const { credentials } = this.#options;
        if (credentials === undefined) {
            return {};
        }
        const bytes = new TextEncoder().encode(`${credentials.login}:${credentials.passcode}`);
        return { Authorization: `Basic ${toBase64(bytes)}` };
    }
}
//# sourceMappingURL=identity.js.map