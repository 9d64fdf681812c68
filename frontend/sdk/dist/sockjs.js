/** Loads SockJS and opens a connection. Session ids have 100 random bits instead of 40. */
export async function openSockJs(url) {
    const { default: SockJs } = (await import('sockjs-client/dist/sockjs.js'));
    return new SockJs(url, null, { sessionId: 20 });
}
//# sourceMappingURL=sockjs.js.map