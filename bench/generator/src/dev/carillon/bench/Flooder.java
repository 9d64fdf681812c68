package dev.carillon.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One client that sends as much as the server takes, and comes back at once when it is thrown out.
 *
 * <p>It has a thread and a selector of its own, so that it does not delay those who measure, and sends frames that were
 * encoded once, so that the flood costs the machine little more than the system calls. It reads what it is answered.
 * Started by the constructor, ended by {@link #close}.
 */
final class Flooder implements AutoCloseable {

    /** Frames handed to the socket at once. */
    private static final int TOGETHER = 64;

    private static final long PATIENCE = 1_000_000;

    private final Trial trial;

    private final ByteBuffer[] frames;

    private final Thread thread = Thread.ofPlatform().name("flooder").daemon().unstarted(this::run);

    private volatile boolean running = true;

    private volatile long sent;

    private volatile long refused;

    private volatile long connections;

    private volatile IOException trouble;

    private Flooder(Trial trial, ByteBuffer... frames) {
        this.trial = trial;
        this.frames = frames;
        this.thread.start();
    }

    /** Sends well-formed messages, far more than a client may, to a topic that nobody follows. */
    static Flooder ofMessages(Trial trial, String topic, Body body) {
        return new Flooder(trial, repeated(trial.dialect().publication(topic, body.stamped(0))));
    }

    /** Sends what the server cannot understand; another kind of it on each connection. */
    static Flooder ofNonsense(Trial trial) {
        ByteBuffer[] frames = new ByteBuffer[4];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = repeated(trial.dialect().nonsense(i));
        }
        return new Flooder(trial, frames);
    }

    private static ByteBuffer repeated(String message) {
        ByteBuffer one = Frames.encode(Frames.TEXT, message.getBytes(StandardCharsets.UTF_8));
        ByteBuffer all = ByteBuffer.allocateDirect(one.remaining() * TOGETHER);
        for (int i = 0; i < TOGETHER; i++) {
            all.put(one.duplicate());
        }
        return all.flip();
    }

    private void run() {
        try (Swarm swarm = this.trial.swarm(Body.SHORTEST, "soft-errors:true")) {
            swarm.mayEnd((connection) -> true);
            while (this.running) {
                flood(swarm, swarm.connect(List.of(), 0), this.frames[(int) (this.connections % this.frames.length)]);
                this.connections++;
            }
        }
        catch (IOException ex) {
            this.trouble = ex;
        }
    }

    private void flood(Swarm swarm, Connection connection, ByteBuffer batch) throws IOException {
        long before = this.refused;
        while (this.running && connection.isOpen()) {
            if (connection.isGreeted() && connection.isIdle()) {
                connection.sendEncoded(batch.duplicate());
                this.sent += TOGETHER;
                swarm.poll(0);
            }
            else {
                swarm.poll(PATIENCE);
            }
            this.refused = before + connection.refusals();
        }
    }

    /** What it has done so far. */
    Progress progress() throws IOException {
        if (this.trouble != null) {
            throw this.trouble;
        }
        return new Progress(System.nanoTime(), this.sent, this.refused, this.connections,
                ManagementFactory.getThreadMXBean().getThreadCpuTime(this.thread.threadId()));
    }

    /** Counts at one moment. */
    record Progress(long nanoTime, long sent, long refused, long connections, long cpuNanos) {

        /** Adds what has happened since then, as rates, under names that begin with the given word. */
        void since(Progress start, String word, Map<String, Double> figures) {
            double seconds = (this.nanoTime - start.nanoTime) / 1e9;
            figures.put(word + " frames/s", (this.sent - start.sent) / seconds);
            figures.put(word + " refused/s", (this.refused - start.refused) / seconds);
            figures.put(word + " reconnects/s", (this.connections - start.connections) / seconds);
            figures.put(word + " client cores", (this.cpuNanos - start.cpuNanos) / 1e9 / seconds);
        }

    }

    @Override
    public void close() throws IOException {
        this.running = false;
        try {
            this.thread.join();
        }
        catch (InterruptedException ex) {
            throw new IOException(ex);
        }
    }

}
