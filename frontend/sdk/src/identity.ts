import { toBase64 } from './base64.ts';
import type { ClientOptions } from './types.ts';

/** Who the client says it is: a ticket, a bearer token, login and passcode, the page's cookie, or nobody. */
export class Identity {
  readonly #options: Pick<ClientOptions, 'ticket' | 'token' | 'credentials'>;
  #token: string | undefined;

  constructor(options: Pick<ClientOptions, 'ticket' | 'token' | 'credentials'>) {
    this.#options = options;
  }

  /** Whether asking again may give something better than what was refused. */
  get isRenewable(): boolean {
    return this.#options.token !== undefined || this.#options.ticket !== undefined;
  }

  get hasToken(): boolean {
    return this.#options.token !== undefined;
  }

  /** A ticket for one connection. */
  async ticket(): Promise<string | undefined> {
    return this.#options.ticket?.();
  }

  /** Fetches a token and remembers it. */
  async renew(): Promise<string | undefined> {
    this.#token = await this.#options.token?.();
    return this.#token;
  }

  /** Fetches a token because the last one was refused. @returns whether it is another one */
  async hasFresherToken(): Promise<boolean> {
    const refused = this.#token;
    return refused !== undefined && (await this.renew()) !== refused && this.#token !== undefined;
  }

  /** Headers for CONNECT. */
  async connectHeaders(): Promise<Record<string, string>> {
    const token = await this.renew();
    if (token !== undefined) {
      return { Authorization: `Bearer ${token}` };
    }
    const { credentials } = this.#options;
    return credentials === undefined ? {} : { login: credentials.login, passcode: credentials.passcode };
  }

  /** Headers for a request, with the token that was fetched last. */
  async requestHeaders(): Promise<Record<string, string>> {
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
