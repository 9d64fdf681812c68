package dev.carillon.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * Publishes at a fixed rate, whatever comes back (an open loop), and measures the latency of what was sent.
 *
 * <p>A message is stamped when it is handed to the socket. The generator may be busy reading when one is due;
 * {@link #lateness()} tells by how much they leave late.
 */
final class Pace {

    private static final long DRAIN = 20_000_000_000L;

    private final Swarm swarm;

    private final double perSecond;

    private final LongConsumer publish;

    private final Histogram latency = new Histogram();

    private final Histogram lateness = new Histogram();

    private long sent;

    private long delivered;

    Pace(Swarm swarm, double perSecond, LongConsumer publish) {
        this.swarm = swarm;
        this.perSecond = perSecond;
        this.publish = publish;
    }

    /** Takes note of a message for this pace. */
    void message(ByteBuffer in, int bodyEnd, long now) {
        this.delivered++;
        if (bodyEnd >= 0) {
            this.latency.record(now - this.swarm.body().sentAt(in, bodyEnd));
        }
    }

    /** Publishes for the given time (nanoseconds). */
    void run(long nanos) throws IOException {
        double interval = 1e9 / this.perSecond;
        long start = System.nanoTime();
        while (true) {
            long due = start + (long) (this.sent * interval);
            long now = System.nanoTime();
            if (due - start >= nanos) {
                return;
            }
            if (due > now) {
                this.swarm.poll(due - now);
            }
            else {
                this.lateness.record(now - due);
                this.publish.accept(this.sent++);
                if ((this.sent & 15) == 0) {
                    this.swarm.poll(0);
                }
            }
        }
    }

    /** Waits (bounded) until each message has reached that many receivers and returns how many deliveries are missing. */
    long drain(long receivers) throws IOException {
        this.swarm.await(() -> this.delivered >= this.sent * receivers, DRAIN);
        return this.sent * receivers - this.delivered;
    }

    long sent() {
        return this.sent;
    }

    Histogram latency() {
        return this.latency;
    }

    Histogram lateness() {
        return this.lateness;
    }

}
