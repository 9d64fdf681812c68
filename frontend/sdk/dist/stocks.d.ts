import type { CarillonClient, Message, Receipt, SubscribeOptions, Subscription } from './types.ts';
/** What a symbol costs. Times are in milliseconds since 1970. */
export interface Quote {
    /** Upper case; a dot of the exchange's spelling is a dash. */
    readonly symbol: string;
    /** Of the last trade. */
    readonly price: number;
    readonly bid: number | null;
    readonly ask: number | null;
    /** Against the last price of the trading day before; `null` until one is known. */
    readonly change: number | null;
    readonly changePercent: number | null;
    readonly previousClose: number | null;
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly volume: number;
    /** Of the last trade by the source's clock. */
    readonly time: number;
    /** When the service made the quote. */
    readonly publishedAt?: number;
    /** Whether the source is silent. */
    readonly stale: boolean;
}
/** The trades of a minute or day. */
export interface Candle {
    /** When it begins. */
    readonly time: number;
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
    readonly volume: number;
}
/** Candles, the oldest first; intervals without a trade have none. */
export interface Series {
    readonly symbol: string;
    readonly interval: '1m' | '1d';
    readonly candles: readonly Candle[];
}
/** A price that a user waits for. */
export interface Alert {
    readonly id: string;
    readonly symbol: string;
    readonly direction: 'above' | 'below';
    readonly price: number;
}
/** What happened to an alert. */
export interface AlertEvent {
    readonly event: 'added' | 'removed' | 'crossed';
    readonly alert: Alert;
    /** The quote that crossed it. */
    readonly quote?: Quote;
}
/** Quotes, candles and price alerts. */
export interface Stocks {
    /** The last quotes of all symbols. */
    list(): Promise<readonly Quote[]>;
    quote(symbol: string): Promise<Quote>;
    candles(symbol: string, options?: {
        readonly interval?: '1m' | '1d';
        readonly limit?: number;
    }): Promise<Series>;
    /**
     * Follows some symbols, or all of them. Each begins with its last quote. Resolves when the service has confirmed all
     * of them; what is returned ends them.
     */
    watch(symbols: readonly string[] | '*', handler: (quote: Quote, message: Message) => void, options?: SubscribeOptions): Promise<{
        unsubscribe(): Promise<void>;
    }>;
    /** The user's alerts. */
    alerts(): Promise<readonly Alert[]>;
    addAlert(alert: Omit<Alert, 'id'>): Promise<Receipt>;
    removeAlert(id: string): Promise<Receipt>;
    /** Follows what happens to the user's alerts. */
    onAlert(handler: (event: AlertEvent) => void, options?: SubscribeOptions): Promise<Subscription>;
}
/** The stocks of the service. */
export declare function stocks(client: CarillonClient): Stocks;
//# sourceMappingURL=stocks.d.ts.map