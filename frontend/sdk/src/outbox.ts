import { CarillonError } from './errors.ts';
import { type Deferred, deferred } from './deferred.ts';
import { type Link, LinkLost } from './link.ts';
import type { Clock } from './types.ts';

interface Waiting {
  readonly run: (link: Link) => Promise<unknown>;
  readonly answer: Deferred<unknown>;

  /** In milliseconds by the clock. */
  readonly deadline: number;
}

/**
 * What waits for an answer of the service, in order. It is done again with the next connection when one is lost before
 * the answer, so it must be safe to repeat.
 */
export class Outbox {
  readonly #waiting = new Set<Waiting>();
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #timeout: number;
  #link: Link | undefined;
  #isWatching = false;

  constructor(clock: Clock, limit: number, timeout: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#timeout = timeout;
  }

  /** Does something with the present connection or the next one. */
  add<T>(run: (link: Link) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (signal?.aborted === true) {
      return Promise.reject(aborted());
    }
    if (this.#waiting.size >= this.#limit) {
      const message = `${this.#limit} messages wait for an answer already (maxPending)`;
      return Promise.reject(new CarillonError('queue-full', message));
    }
    const answer = deferred<T>();
    const waiting = { run, answer, deadline: this.#clock.now() + this.#timeout } as Waiting;
    this.#waiting.add(waiting);
    const abort = (): void => answer.reject(aborted());
    signal?.addEventListener('abort', abort, { once: true });
    if (!this.#isWatching) {
      this.#watch(this.#timeout);
    }
    this.#start(waiting);
    return answer.promise.finally(() => {
      signal?.removeEventListener('abort', abort);
      this.#waiting.delete(waiting);
    });
  }

  /** There is a connection. */
  connected(link: Link): void {
    this.#link = link;
    this.#waiting.forEach((waiting) => this.#start(waiting));
  }

  /** There is none any more. */
  disconnected(): void {
    this.#link = undefined;
  }

  /** Rejects whatever waits. */
  clear(error: CarillonError): void {
    this.#waiting.forEach(({ answer }) => answer.reject(error));
    this.#waiting.clear();
  }

  /** One timer for all: those that wait longest stand first. */
  #watch(delay: number): void {
    this.#isWatching = true;
    this.#clock.schedule(delay, () => {
      const now = this.#clock.now();
      const waiting = [...this.#waiting];
      const late = waiting.filter(({ deadline }) => deadline <= now);
      late.forEach(({ answer }) => answer.reject(new CarillonError('timeout', `No answer within ${this.#timeout} ms`)));
      const next = waiting[late.length];
      if (next === undefined) {
        this.#isWatching = false;
      } else {
        this.#watch(next.deadline - now);
      }
    });
  }

  #start({ run, answer }: Waiting): void {
    if (this.#link === undefined) {
      return;
    }
    run(this.#link).then(answer.resolve, (error: unknown) => {
      if (!(error instanceof LinkLost)) {
        answer.reject(error);
      }
    });
  }
}

function aborted(): CarillonError {
  return new CarillonError('aborted', 'The caller gave up');
}
