import type { Clock } from './types.ts';
/** Timers of the runtime. */
export declare const systemClock: Clock;
/**
 * Timers that a worker keeps, because browsers let those of a page in the background fire once a minute only. Where
 * workers are not to be had (no such thing, another origin, a content security policy), those of the runtime serve.
 */
export declare function backgroundClock(): Clock;
//# sourceMappingURL=clock.d.ts.map