package dev.carillon.bench;

import java.nio.ByteBuffer;

/**
 * What a load does with every published message that arrives.
 *
 * <p>Called on the swarm's thread, in the order in which one connection receives. Must be quick: it runs millions of times
 * a second.
 */
@FunctionalInterface
interface Tally {

    Tally NOTHING = (_, _, _, _, _) -> { };

    /**
     * Takes note of one message.
     *
     * @param to the receiver, whose {@link Connection#received} does not count this message yet
     * @param in the read buffer
     * @param start index of the first byte of the message, of use only if {@code bodyEnd} is
     * @param bodyEnd index after the body, or -1 when the body is not in one piece (it was split between fragments)
     * @param now when these bytes were read, {@link System#nanoTime()}
     */
    void message(Connection to, ByteBuffer in, int start, int bodyEnd, long now);

}
