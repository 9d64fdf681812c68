import { LATER } from "./close-codes.js";
/**
 * How long to wait before the next attempt: random between 0 and a bound that doubles with each failure, so that many
 * clients that were cut off together do not come back together ("full jitter"). What the service asks for comes on top.
 */
export class Backoff {
    #options;
    #random;
    #failures = 0;
    constructor(options, random) {
        this.#options = { base: 500, cap: 30_000, settled: 5000, ...options };
        this.#random = random;
    }
    /** In milliseconds. @param hint what the service asked for */
    next(reconnect, hint) {
        const first = this.#failures === 0;
        const bound = Math.min(this.#options.cap, this.#options.base * 2 ** Math.min(this.#failures++, 30));
        const floor = hint ?? (first && reconnect === 'later' ? LATER : 0);
        return Math.round(floor + this.#random() * bound);
    }
    /** A connection has ended that lasted so many milliseconds; if that was long enough, the failures before are forgotten. */
    lasted(millis) {
        if (millis >= this.#options.settled) {
            this.#failures = 0;
        }
    }
}
//# sourceMappingURL=backoff.js.map