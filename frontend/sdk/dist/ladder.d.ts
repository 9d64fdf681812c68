import type { TransportName } from './types.ts';
/**
 * Which transport to try. It goes down when one fails although the service can be reached; one that has worked before
 * gets a second chance. At the lower end it begins again.
 */
export declare class Ladder {
    #private;
    constructor(rungs: readonly TransportName[], now: () => number);
    get current(): TransportName;
    /** Whether a failure of the present transport may lead to another one. */
    get hasOthers(): boolean;
    force(transport: TransportName | undefined): void;
    worked(): void;
    /** The present transport has failed although the service can be reached. @returns whether to try another one at once */
    failed(): boolean;
    /** A connection that worked has ended. */
    ended(): void;
    /** The network is another one, perhaps. */
    restart(): void;
}
//# sourceMappingURL=ladder.d.ts.map