package dev.carillon.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A publisher and its subscribers, brought to the point where every subscription is in place.
 *
 * <p>Where the server confirms a SUBSCRIBE, the confirmation counts. Where it does not (Spring's simple broker), a
 * subscriber counts from the moment it has received a probe on each of its topics. The first probe goes out when all
 * sessions are connected or when no more arrive, the next one when the last has reached whom it could.
 */
final class Muster {

    /** Nanoseconds between two looks at the progress. */
    private static final long TICK = 20_000_000;

    /** So long without progress means that no more sessions arrive, or that a probe has reached whom it could. */
    private static final int QUIET_TICKS = 10;

    /** How many connections may be in the making between two looks at the selector. */
    private static final int BURST = 256;

    private final Swarm swarm;

    private final Connection publisher;

    private final List<Connection> subscribers = new ArrayList<>();

    private long settled;

    private int checked;

    private int probed;

    private double seconds;

    Muster(Swarm swarm) throws IOException {
        this.swarm = swarm;
        this.publisher = swarm.connect(List.of(), 0);
        if (!swarm.await(this.publisher::isGreeted, 10_000_000_000L)) {
            throw new IOException("the publisher is not let in");
        }
    }

    Connection publisher() {
        return this.publisher;
    }

    List<Connection> subscribers() {
        return this.subscribers;
    }

    /** From the first connect until the last subscription that came about, in seconds. */
    double seconds() {
        return this.seconds;
    }

    /** Connects all at once and returns how many are subscribed when all are or the time (nanoseconds) is over. */
    int gather(int count, boolean confirms, IntFunction<List<String>> topics, IntFunction<Integer> receiveBuffer,
            long limit) throws IOException {
        long start = System.nanoTime();
        this.settled = start;
        if (!confirms) {
            this.swarm.tally((to, _, _, _, now) -> probed(to, now));
        }
        for (int i = 0; i < count; i++) {
            this.subscribers.add(this.swarm.connect(topics.apply(i), receiveBuffer.apply(i)));
            if (i % BURST == BURST - 1) {
                this.swarm.poll(0);
            }
        }
        if (confirms) {
            this.swarm.await(this::allConfirmed, limit);
        }
        else {
            probe(start + limit);
        }
        this.seconds = (this.settled - start) / 1e9;
        int subscribed = confirms
                ? (int) this.subscribers.stream().filter((each) -> each.isOpen() && each.isConfirmed()).count()
                : this.probed;
        this.swarm.run(QUIET_TICKS * TICK);
        this.subscribers.forEach((each) -> each.received = 0);
        this.swarm.tally(Tally.NOTHING);
        return subscribed;
    }

    private boolean allConfirmed() {
        for (; this.checked < this.subscribers.size(); this.checked++) {
            Connection next = this.subscribers.get(this.checked);
            if (next.isOpen() && !next.isConfirmed()) {
                return false;
            }
            this.settled = System.nanoTime();
        }
        return true;
    }

    private void probed(Connection to, long now) {
        if (to.received + 1 == to.topics().size()) {
            this.probed++;
            this.settled = now;
        }
    }

    private void probe(long deadline) throws IOException {
        List<String> topics = this.subscribers.stream().flatMap((each) -> each.topics().stream()).distinct().toList();
        long before = -1;
        int quiet = 0;
        boolean first = true;
        while (this.probed < open() && System.nanoTime() < deadline) {
            this.swarm.run(TICK);
            long greeted = this.subscribers.stream().filter(Connection::isGreeted).count();
            long progress = greeted + this.subscribers.stream().mapToLong((each) -> each.received).sum();
            quiet = (progress == before) ? quiet + 1 : 0;
            before = progress;
            if (quiet >= QUIET_TICKS || first && greeted == open()) {
                first = false;
                quiet = 0;
                this.subscribers.stream().filter((each) -> each.received < each.topics().size())
                    .forEach((each) -> each.received = 0);
                topics.forEach((topic) -> this.publisher.publish(topic, this.swarm.body().stamped(0)));
            }
        }
    }

    private long open() {
        return this.subscribers.stream().filter(Connection::isOpen).count();
    }

}
