package dev.carillon.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All clients of one trial, driven by one thread with one selector.
 *
 * <p>Clients bind to one of several loopback addresses in turn, so that ten thousand of them, and those of the previous
 * trial that still wait in TIME_WAIT, find a free port.
 */
final class Swarm implements AutoCloseable {

    private static final int READ_BUFFER = 4 << 20;

    private static final int ADDRESSES = 8;

    private static final long NAP = 100_000;

    private final InetSocketAddress server;

    private final Dialect dialect;

    private final Body body;

    private final Selector selector;

    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    private final List<Connection> connections = new ArrayList<>();

    private Tally tally = Tally.NOTHING;

    private Consumer<Connection> confirmations = (_) -> { };

    private Consumer<Connection> endings = (_) -> { };

    private Predicate<Connection> mayEnd = (connection) -> false;

    private String trouble;

    Swarm(int port, Dialect dialect, Body body) throws IOException {
        this.server = new InetSocketAddress("127.0.0.1", port);
        this.dialect = dialect;
        this.body = body;
        this.selector = Selector.open();
    }

    Tally tally() {
        return this.tally;
    }

    void tally(Tally tally) {
        this.tally = tally;
    }

    /** Says what is done when a server confirms what a connection has asked for. By default nothing. */
    void confirmations(Consumer<Connection> confirmations) {
        this.confirmations = confirmations;
    }

    void confirmed(Connection connection) {
        this.confirmations.accept(connection);
    }

    Body body() {
        return this.body;
    }

    int bodyLength() {
        return this.body.length();
    }

    /** Says which connections may end without spoiling the trial. By default none. */
    void mayEnd(Predicate<Connection> mayEnd) {
        this.mayEnd = mayEnd;
    }

    /** Says what is done when a connection has ended, whatever {@link #mayEnd} says of it. By default nothing. */
    void endings(Consumer<Connection> endings) {
        this.endings = endings;
    }

    void ended(Connection connection) {
        this.endings.accept(connection);
        if (this.trouble == null && !this.mayEnd.test(connection)) {
            this.trouble = connection.end();
        }
    }

    /** Starts to connect; the rest happens in {@link #poll}. {@code receiveBuffer} in bytes, 0 leaves it to the system. */
    Connection connect(List<String> topics, int receiveBuffer) throws IOException {
        return connect(this.dialect, topics, receiveBuffer);
    }

    /** Starts to connect somebody with a dialect of their own. */
    Connection connect(Dialect dialect, List<String> topics, int receiveBuffer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (receiveBuffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        channel.bind(new InetSocketAddress("127.0.0." + (1 + this.connections.size() % ADDRESSES), 0));
        SelectionKey key = channel.register(this.selector, SelectionKey.OP_CONNECT);
        Connection connection = new Connection(this, dialect, channel, key, topics);
        key.attach(connection);
        this.connections.add(connection);
        connection.begin(this.server);
        return connection;
    }

    /**
     * Handles what is ready, waiting for it up to the given time (none if not positive).
     *
     * <p>Waiting is looking again after {@value #NAP} ns, not sleeping in the selector: a server's write would have to wake
     * the sleeper, and what that costs (on a virtual machine about as much as the write) would be charged to the server,
     * whose clients are elsewhere in real life.
     */
    void poll(long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        while (this.selector.selectNow(this::ready) == 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(Math.min(left, NAP));
        }
        if (this.trouble != null) {
            throw new IOException("a connection ended: " + this.trouble);
        }
    }

    private void ready(SelectionKey key) {
        ((Connection) key.attachment()).ready(this.in);
    }

    /** Polls until the condition holds and returns true, or until the time (nanoseconds) is over and returns false. */
    boolean await(BooleanSupplier condition, long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            poll(Math.min(left, 10_000_000));
        }
        return true;
    }

    /** Polls for the given time (nanoseconds). */
    void run(long nanos) throws IOException {
        await(() -> false, nanos);
    }

    @Override
    public void close() throws IOException {
        this.endings = (_) -> { };
        this.mayEnd = (connection) -> true;
        this.connections.forEach((connection) -> connection.fail("done"));
        this.selector.close();
    }

}
