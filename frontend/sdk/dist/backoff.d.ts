import type { Close } from './types.ts';
import type { BackoffOptions } from './types.ts';
/**
 * How long to wait before the next attempt: random between 0 and a bound that doubles with each failure, so that many
 * clients that were cut off together do not come back together ("full jitter"). What the service asks for comes on top.
 */
export declare class Backoff {
    #private;
    constructor(options: Partial<BackoffOptions>, random: () => number);
    /** In milliseconds. @param hint what the service asked for */
    next(reconnect: Close['reconnect'], hint: number | undefined): number;
    /** A connection has ended that lasted so many milliseconds; if that was long enough, the failures before are forgotten. */
    lasted(millis: number): void;
}
//# sourceMappingURL=backoff.d.ts.map