package dev.carillon.bench;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Publishes at full speed with a fixed number of messages in flight.
 *
 * <p>A message is complete when every subscriber has received that many messages; each completion publishes the next one.
 */
final class Window implements Tally {

    static final int IN_FLIGHT = 16;

    private final Swarm swarm;

    private final Connection publisher;

    private final String topic;

    private final int subscribers;

    private final int[] missing = new int[IN_FLIGHT];

    private long sent;

    private long delivered;

    private boolean running;

    Window(Swarm swarm, Connection publisher, List<Connection> subscribers, String topic) {
        this.swarm = swarm;
        this.publisher = publisher;
        this.topic = topic;
        this.subscribers = subscribers.size();
    }

    void start() {
        this.swarm.tally(this);
        this.running = true;
        for (int i = 0; i < IN_FLIGHT; i++) {
            publish();
        }
    }

    void stop() {
        this.running = false;
    }

    long delivered() {
        return this.delivered;
    }

    long outstanding() {
        return this.sent * this.subscribers - this.delivered;
    }

    @Override
    public void message(Connection to, ByteBuffer in, int start, int bodyEnd, long now) {
        this.delivered++;
        if (--this.missing[(int) (to.received % IN_FLIGHT)] == 0 && this.running) {
            publish();
        }
    }

    private void publish() {
        this.missing[(int) (this.sent++ % IN_FLIGHT)] = this.subscribers;
        this.publisher.publish(this.topic, this.swarm.body().stamped(System.nanoTime()));
    }

}
