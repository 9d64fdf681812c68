package dev.carillon.bench;

import java.nio.ByteBuffer;

/**
 * How one family of servers is spoken to on top of WebSocket.
 *
 * <p>Calls come from the swarm's thread. A dialect has no state of its own: what a connection has reached is kept by the
 * connection.
 */
sealed interface Dialect permits Stomp, Resuming, PlainWs, SocketIo {

    /** Path and query of the handshake. */
    String path();

    /** Value of {@code Sec-WebSocket-Protocol}, or empty for none. */
    String subprotocol();

    /** The handshake is done; whatever the server wants to hear first is sent here. */
    void opened(Connection connection);

    String subscription(String topic, int number);

    String publication(String topic, String body);

    /** One of several messages that the server cannot understand and has to refuse, or nothing where there are none. */
    default String nonsense(int number) {
        return "";
    }

    /** Whether the text that starts here is a published message, told from its first bytes. */
    boolean isMessage(ByteBuffer in, int start, int length);

    /** Where the body of a published message that ends before {@code end} ends. */
    int bodyEnd(ByteBuffer in, int end);

    /** How many messages the published message that begins and ends here says were left out before it. */
    default long missed(ByteBuffer in, int start, int bodyEnd) {
        return 0;
    }

    /** Handles everything that is not a published message. */
    void control(Connection connection, String text);

}
