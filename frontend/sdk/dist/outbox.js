import { CarillonError } from "./errors.js";
import { deferred } from "./deferred.js";
import { LinkLost } from "./link.js";
/**
 * What waits for an answer of the service, in order. It is done again with the next connection when one is lost before
 * the answer, so it must be safe to repeat.
 */
export class Outbox {
    #waiting = new Set();
    #clock;
    #limit;
    #timeout;
    #link;
    #isWatching = false;
    constructor(clock, limit, timeout) {
        this.#clock = clock;
        this.#limit = limit;
        this.#timeout = timeout;
    }
    /** Does something with the present connection or the next one. */
    add(run, signal) {
        if (signal?.aborted === true) {
            return Promise.reject(aborted());
        }
        if (this.#waiting.size >= this.#limit) {
            const message = `${this.#limit} messages wait for an answer already (maxPending)`;
            return Promise.reject(new CarillonError('queue-full', message));
        }
        const answer = deferred();
        const waiting = { run, answer, deadline: this.#clock.now() + this.#timeout };
        this.#waiting.add(waiting);
        const abort = () => answer.reject(aborted());
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
    connected(link) {
        this.#link = link;
        this.#waiting.forEach((waiting) => this.#start(waiting));
    }
    /** There is none any more. */
    disconnected() {
        this.#link = undefined;
    }
    /** Rejects whatever waits. */
    clear(error) {
        this.#waiting.forEach(({ answer }) => answer.reject(error));
        this.#waiting.clear();
    }
    /** One timer for all: those that wait longest stand first. */
    #watch(delay) {
        this.#isWatching = true;
        this.#clock.schedule(delay, () => {
            const now = this.#clock.now();
            const waiting = [...this.#waiting];
            const late = waiting.filter(({ deadline }) => deadline <= now);
            late.forEach(({ answer }) => answer.reject(new CarillonError('timeout', `No answer within ${this.#timeout} ms`)));
            const next = waiting[late.length];
            if (next === undefined) {
                this.#isWatching = false;
            }
            else {
                this.#watch(next.deadline - now);
            }
        });
    }
    #start({ run, answer }) {
        if (this.#link === undefined) {
            return;
        }
        run(this.#link).then(answer.resolve, (error) => {
            if (!(error instanceof LinkLost)) {
                answer.reject(error);
            }
        });
    }
}
function aborted() {
    return new CarillonError('aborted', 'The caller gave up');
}
//# sourceMappingURL=outbox.js.map