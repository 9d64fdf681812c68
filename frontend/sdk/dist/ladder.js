/** After how long a better transport is tried again when a connection ends, in milliseconds. */
const FORGIVEN = 60_000;
/**
 * Which transport to try. It goes down when one fails although the service can be reached; one that has worked before
 * gets a second chance. At the lower end it begins again.
 */
export class Ladder {
    #rungs;
    #now;
    #proven = new Set();
    #index = 0;
    #strikes = 0;
    #fellAt = 0;
    #forced;
    constructor(rungs, now) {
        if (rungs.length === 0) {
            throw new TypeError('transports must name at least one transport');
        }
        this.#rungs = rungs;
        this.#now = now;
    }
    get current() {
        return this.#forced ?? this.#rungs[this.#index] ?? 'websocket';
    }
    /** Whether a failure of the present transport may lead to another one. */
    get hasOthers() {
        return this.#forced === undefined && this.#rungs.length > 1;
    }
    force(transport) {
        this.#forced = transport;
        this.restart();
    }
    worked() {
        this.#proven.add(this.current);
        this.#strikes = 0;
    }
    /** The present transport has failed although the service can be reached. @returns whether to try another one at once */
    failed() {
        this.#strikes++;
        if (!this.hasOthers || (this.#proven.has(this.current) && this.#strikes < 2)) {
            return false;
        }
        this.#strikes = 0;
        this.#fellAt = this.#now();
        this.#index = (this.#index + 1) % this.#rungs.length;
        return this.#index > 0;
    }
    /** A connection that worked has ended. */
    ended() {
        if (this.#now() - this.#fellAt >= FORGIVEN) {
            this.restart();
        }
    }
    /** The network is another one, perhaps. */
    restart() {
        this.#index = 0;
        this.#strikes = 0;
    }
}
//# sourceMappingURL=ladder.js.map