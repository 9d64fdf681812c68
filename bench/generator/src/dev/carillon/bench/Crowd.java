package dev.carillon.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/**
 * Followers who come back. On the swarm's thread, except for those who read the history of the room.
 *
 * <p>Who is told that the room's log has begun anew asks the history for what came after the last message known.
 */
final class Crowd implements AutoCloseable {

    private static final int SEED = 5;

    private static final int BURST = 256;

    private static final int READERS = 4;

    private static final long LOOK = 1_000_000;

    private final Swarm swarm;

    private final Stomp stomp;

    private final Api api;

    private final String room;

    private final List<Follower> all = new ArrayList<>();

    private final Map<Connection, Follower> present = new HashMap<>();

    private final PriorityQueue<Absence> absent = new PriorityQueue<>();

    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);

    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();

    private final SplittableRandom random = new SplittableRandom(SEED);

    private Histogram latency = new Histogram();

    private int placed;

    private int asking;

    private long heard;

    private IOException trouble;

    private record Absence(long until, Follower follower) implements Comparable<Absence> {

        @Override
        public int compareTo(Absence other) {
            return Long.compare(this.until, other.until);
        }

    }

    Crowd(Swarm swarm, Stomp stomp, Api api, String room) {
        this.swarm = swarm;
        this.stomp = stomp;
        this.api = api;
        this.room = room;
        swarm.mayEnd((_) -> true);
        swarm.tally((to, in, start, bodyEnd, now) -> heard(this.present.get(to), in, start, bodyEnd, now));
        swarm.confirmations(this::confirmed);
        swarm.endings(this::ended);
    }

    List<Follower> all() {
        return this.all;
    }

    /** Whether everybody is there and has subscribed. */
    boolean isComplete() {
        return this.placed == this.all.size();
    }

    /** Whether everybody was sent away and is back. */
    boolean isBack() {
        return isComplete() && this.asking == 0 && this.all.stream().allMatch(Follower::isBack);
    }

    /** Counts latencies here from now on. */
    void latency(Histogram latency) {
        this.latency = latency;
    }

    /** Starts to let somebody in. */
    void add(String topic) throws IOException {
        Follower follower = new Follower("/topic/chat." + this.room, topic, this.random.split());
        this.all.add(follower);
        connect(follower);
        if (this.all.size() % BURST == 0) {
            turn();
        }
    }

    private void connect(Follower follower) throws IOException {
        Connection connection = this.swarm.connect(new Resuming(this.stomp, follower), follower.topics(), 0);
        if (connection.isOpen()) {
            this.present.put(connection, follower);
        }
        else {
            stayAway(follower, connection);
        }
    }

    private void confirmed(Connection connection) {
        if (connection.isConfirmed()) {
            Follower follower = this.present.get(connection);
            follower.back(System.nanoTime());
            this.placed++;
            if (follower.trail(Follower.ROOM).lost() > 0) {
                ask(follower);
            }
        }
    }

    private void ended(Connection connection) {
        Follower follower = this.present.remove(connection);
        if (follower != null) {
            this.placed -= connection.isConfirmed() ? 1 : 0;
            stayAway(follower, connection);
        }
    }

    private void stayAway(Follower follower, Connection connection) {
        long now = System.nanoTime();
        this.absent.add(new Absence(now + follower.ended(connection.end(), connection.isGreeted(), now), follower));
    }

    private void heard(Follower follower, ByteBuffer in, int start, int bodyEnd, long now) {
        if (bodyEnd < 0) {
            throw new IllegalStateException("a message came in fragments: it cannot be read");
        }
        byte[] frame = new byte[bodyEnd - start];
        in.get(start, frame);
        this.heard++;
        long sentAt = follower.heard(new String(frame, StandardCharsets.UTF_8), now);
        if (sentAt > 0) {
            this.latency.record(now - sentAt);
        }
    }

    private void ask(Follower follower) {
        this.asking++;
        long after = follower.gap();
        this.readers.execute(() -> {
            try {
                List<Api.Said> said = this.api.said(this.room, after);
                this.answers.add(() -> said.forEach((each) -> follower.know(each.id(), each.text())));
            }
            catch (IOException ex) {
                this.answers.add(() -> this.trouble = ex);
            }
        });
    }

    /** Goes on until the condition holds and returns true, or until the time (nanoseconds) is over and returns false. */
    boolean await(BooleanSupplier condition, long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            long next = System.nanoTime() + 20 * LOOK;
            while (System.nanoTime() - next < 0) {
                turn();
            }
        }
        return true;
    }

    private void turn() throws IOException {
        this.swarm.poll(LOOK);
        for (Runnable answer = this.answers.poll(); answer != null; answer = this.answers.poll()) {
            this.asking--;
            answer.run();
        }
        if (this.trouble != null) {
            throw this.trouble;
        }
        long now = System.nanoTime();
        for (Absence next = this.absent.peek(); next != null && next.until <= now; next = this.absent.peek()) {
            this.absent.remove();
            connect(next.follower);
        }
    }

    /** Goes on until nothing has come for a while, or until the time (nanoseconds) is over. */
    void settle(long quiet, long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        long before = -1;
        while (before != this.heard && System.nanoTime() - deadline < 0) {
            before = this.heard;
            await(() -> false, quiet);
        }
    }

    /** The value, in seconds, that the given share (0 to 1) of some nanoseconds does not exceed. */
    static double seconds(LongStream nanos, double share) {
        long[] sorted = nanos.sorted().toArray();
        return (sorted.length == 0) ? Double.NaN
                : sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)] / 1e9;
    }

    @Override
    public void close() {
        this.readers.shutdownNow();
    }

}
