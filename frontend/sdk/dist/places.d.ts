import type { Gap } from './types.ts';
/** What to do with a message. */
export interface Verdict {
    /** Whether it is new. */
    readonly isNew: boolean;
    readonly gap: Gap | undefined;
}
/**
 * How far one subscription has come in each of its topics, by epoch. The epoch is what a position has before its dash;
 * no two topics share one, and a log that starts over has a new one.
 */
export declare class Places {
    #private;
    constructor(destination: string);
    get isEmpty(): boolean;
    /** A list of positions, the ones that were last heard of at the end. */
    toString(): string;
    /** Begins at positions that somebody has kept. */
    begin(positions: string): void;
    /**
     * The service says where the subscription stands.
     *
     * @param recovered whether nothing is lost since the positions it was asked to resume from, if it was asked
     * @returns what is lost for sure; the rest shows with the next message
     */
    confirm(positions: string, recovered: boolean | undefined): Gap[];
    /** A message has come. @param announced whether the service says that it left some out before it */
    take(topic: string, position: string, announced: boolean): Verdict;
}
//# sourceMappingURL=places.d.ts.map