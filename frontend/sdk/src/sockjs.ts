/** Loads SockJS and opens a connection. Session ids have 100 random bits instead of 40. */
export async function openSockJs(url: string): Promise<WebSocket> {
  const { default: SockJs } = (await import('sockjs-client/dist/sockjs.js')) as {
    default: new (url: string, reserved: null, options: { sessionId: number }) => WebSocket;
  };
  return new SockJs(url, null, { sessionId: 20 });
}
