package dev.carillon.sockjs;

import java.util.Map;

import dev.carillon.delivery.Sink;

/**
 * Takes in the clients that come by SockJS.
 */
public interface SockJsClients {

	/**
	 * A session has begun; on the thread of its first request, may block.
	 * @param sink where the client's frames go; each of them has to be text
	 * @param transport the name of the transport, for operators
	 * @param attributes what the handshake has found out, and what is kept for the time
	 * of the session; any thread
	 */
	SockJsClient open(Sink sink, String transport, Map<String, Object> attributes);

}
