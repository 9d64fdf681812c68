import type { CarillonError } from './errors.ts';
import type { Incoming, Placing } from './link.ts';
import type { Gap, Message, SubscribeOptions, Subscription, SubscriptionState } from './types.ts';
/** One subscription over all connections: it knows its place, hands on what is new, and reports what is missing. */
export declare class ActiveSubscription implements Subscription, Placing {
    #private;
    readonly id: string;
    readonly destination: string;
    readonly replay: number | undefined;
    readonly latest: boolean;
    /** Settled by the first confirmation or refusal. */
    readonly confirmation: import("./deferred.ts").Deferred<Subscription>;
    constructor(id: string, destination: string, handler: (message: Message<never>) => void, options: SubscribeOptions, onGap: (gap: Gap) => void, onUnsubscribe: () => Promise<void>);
    get state(): SubscriptionState;
    get position(): string | undefined;
    /** Whether the service has ever confirmed it. */
    wasConfirmed: boolean;
    resumeFrom(): string;
    confirmed(positions: string, recovered: boolean | undefined): void;
    received(incoming: Incoming): void;
    become(state: SubscriptionState, error?: CarillonError): void;
    unsubscribe(): Promise<void>;
}
/** The body: parsed if it is JSON, text if it is text, else bytes. */
export declare function bodyOf(incoming: Incoming): unknown;
//# sourceMappingURL=active-subscription.d.ts.map