import { CarillonError, type ErrorCode } from './errors.ts';
import { Identity } from './identity.ts';
import type { HttpRequest } from './types.ts';

/** How long a request may take whose caller gives no signal, in milliseconds. */
const PATIENCE = 30_000;

/** The HTTP side of the service. Refusals become errors with the service's code; a network failure is a `TypeError`. */
export class Api {
  readonly #url: string;
  readonly #fetch: typeof fetch;
  readonly #identity: Identity;

  constructor(url: string, fetcher: typeof fetch, identity: Identity) {
    this.#url = url;
    this.#fetch = fetcher;
    this.#identity = identity;
  }

  /** Asks, and reads the JSON of the answer; `undefined` if there is none. */
  async json<T>(request: HttpRequest): Promise<T> {
    const response = await this.open({ ...request, signal: request.signal ?? AbortSignal.timeout(PATIENCE) });
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Asks, and leaves the body of the answer to the caller. */
  async open(request: HttpRequest): Promise<Response> {
    const response = await this.#ask(request);
    if (response.status === 401 && (await this.#identity.hasFresherToken())) {
      return accepted(await this.#ask(request));
    }
    return accepted(response);
  }

  async #ask(request: HttpRequest): Promise<Response> {
    const headers: Record<string, string> = { ...(await this.#identity.requestHeaders()), ...request.headers };
    if (request.body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    if (request.method !== 'GET' && headers['Authorization'] === undefined) {
      Object.assign(headers, await this.#proof());
    }
    return this.#fetch(this.#url + request.path, {
      method: request.method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  }

  /** Whether the service answers at all. */
  async isReachable(): Promise<boolean> {
    try {
      const response = await this.#fetch(`${this.#url}/api/session`, {
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(5000),
      });
      await response.body?.cancel();
      return response.status < 500;
    } catch {
      return false;
    }
  }

  /** What shows that a request that rides on the page's cookie comes from the page. */
  async #proof(): Promise<Record<string, string>> {
    if (typeof document === 'undefined' || new URL(this.#url, document.baseURI).origin !== location.origin) {
      return {};
    }
    if (xsrfToken() === undefined) {
      await this.isReachable();
    }
    const token = xsrfToken();
    return token === undefined ? {} : { 'X-XSRF-TOKEN': token };
  }
}

function xsrfToken(): string | undefined {
  return /(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1];
}

async function accepted(response: Response): Promise<Response> {
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

async function refusal(response: Response): Promise<CarillonError> {
  const text = await response.text().catch(() => '');
  try {
    const problem = JSON.parse(text) as { code?: ErrorCode; detail?: string };
    if (typeof problem.code === 'string') {
      return new CarillonError(problem.code, problem.detail ?? problem.code);
    }
  } catch {
    // Not from the service but from something before it.
  }
  return new CarillonError(codeOf(response.status), `The answer was ${response.status}`);
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'login-failed';
    case 403:
      return 'access-denied';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 413:
      return 'too-large';
    case 429:
      return 'rate-limited';
    default:
      return status < 500 ? 'bad-value' : 'unavailable';
  }
}

/**
 * Fetches tickets for a page that signs in at `/api/session`, for {@link ClientOptions.ticket}; `undefined` while nobody
 * is signed in.
 *
 * @param url the address of the service; default: the origin of the page
 */
export function pageTicket(url = ''): () => Promise<string | undefined> {
  const nobody = new Identity({});
  const api = new Api(url.replace(/\/$/, ''), (...request) => fetch(...request), nobody);
  return async () => {
    try {
      const { ticket } = await api.json<{ ticket: string }>({ method: 'POST', path: '/api/tickets' });
      return ticket;
    } catch (error) {
      if (error instanceof CarillonError && error.code === 'login-failed') {
        return undefined;
      }
      throw error;
    }
  };
}
