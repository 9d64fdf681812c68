/** Loads SockJS and opens a connection. Session ids have 100 random bits instead of 40. */
export declare function openSockJs(url: string): Promise<WebSocket>;
//# sourceMappingURL=sockjs.d.ts.map