import type { CarillonClient } from '@carillon/client';
import { parseSamples, Scrape } from './prometheus.ts';

/** One session, as `/actuator/sessions` lists it. */
export interface SessionSummary {
  readonly id: string;
  readonly user?: string;

  /** ISO 8601. */
  readonly since: string;
  readonly address?: string;
  readonly transport: string;
  readonly subscriptions: number;

  /** How many entries it is behind where that is most. */
  readonly lag: number;
  readonly bytes: number;

  /** How long the write under way has taken so far; an ISO 8601 duration. */
  readonly writing?: string;
}

export interface SessionPage {
  readonly total: number;
  readonly sessions: readonly SessionSummary[];
  readonly after?: number;
}

export interface SessionDetails {
  readonly session: SessionSummary;
  readonly subscriptions: readonly Followed[];
}

/** What a session follows. */
export interface Followed {
  readonly id: string;

  /** A destination or a pattern. */
  readonly target: string;
  readonly topics: number;
  readonly lag: number;
}

/** One topic, as `/actuator/topics` lists it. */
export interface TopicSummary {
  readonly destination: string;
  readonly family: string;
  readonly head: string;
  readonly tail: number;
  readonly bytes: number;
  readonly subscribers: number;
  readonly rate: number;
  readonly slowest?: number;
}

export interface TopicPage {
  readonly total: number;
  readonly topics: readonly TopicSummary[];
  readonly after?: string;
}

export interface Health {
  readonly status: string;
  readonly components?: Readonly<Record<string, { readonly status: string }>>;
}

/** How many rows a page has. */
export const PAGE = 50;

/** What operators see and do, over the endpoints of docs/operations.md. */
export class Endpoints {
  readonly #client: CarillonClient;

  constructor(client: CarillonClient) {
    this.#client = client;
  }

  sessions(user: string, after: number | undefined): Promise<SessionPage> {
    return this.#get('sessions', { user, limit: PAGE, after });
  }

  session(id: string): Promise<SessionDetails> {
    return this.#get(`sessions/${encodeURIComponent(id)}`, {});
  }

  /** Ends a session. */
  async disconnect(id: string, code: number): Promise<void> {
    await this.#client.http({ method: 'DELETE', path: `/actuator/sessions/${encodeURIComponent(id)}?code=${code}` });
  }

  topics(prefix: string, after: string | undefined): Promise<TopicPage> {
    return this.#get('topics', { prefix, limit: PAGE, after });
  }

  /** Health of the service; one that is down answers 503 and says why all the same. */
  async health(): Promise<Health> {
    const response = await this.#fetch('/actuator/health');
    return (await response.json()) as Health;
  }

  async meters(): Promise<Scrape> {
    const response = await this.#fetch('/actuator/prometheus');
    if (!response.ok) {
      throw new Error(`The answer was ${response.status}`);
    }
    return new Scrape(Date.now(), parseSamples(await response.text()));
  }

  #fetch(path: string): Promise<Response> {
    return fetch(this.#client.url + path, { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
  }

  #get<T>(endpoint: string, parameters: Readonly<Record<string, string | number | undefined>>): Promise<T> {
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
    const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return this.#client.http<T>({ method: 'GET', path: `/actuator/${endpoint}${query === '' ? '' : `?${query}`}` });
  }
}
