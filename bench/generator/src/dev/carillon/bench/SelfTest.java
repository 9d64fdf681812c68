package dev.carillon.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How much the generator could count at most, and the shortest latency it could show.
 *
 * <p>A thread of the same process plays a server that does nothing but write the same prepared bytes: what a subscriber
 * gets per flush in the load {@code fanout}. The ceiling is deliveries per second of the generator thread's own processor
 * time, so it does not depend on how fast the other thread is. The same thread, paced, shows the latency of a server that
 * needs no time to think.
 */
final class SelfTest {

    private static final int SUBSCRIBERS = 1_000;

    private static final double SECONDS = 3;

    static String run() throws IOException {
        return ceiling("plain, one message per read", 1, false)
                + ceiling("plain, 16 messages per read", Window.IN_FLIGHT, false)
                + ceiling("batch:true, 16 messages per read", Window.IN_FLIGHT, true) + floor();
    }

    private static String ceiling(String title, int together, boolean batch) throws IOException {
        try (ServerSocketChannel listener = listen(together, batch, 0); Swarm swarm = swarm(listener, batch)) {
            long[] count = new long[1];
            swarm.tally((_, _, _, _, _) -> count[0]++);
            swarm.run(Scale.nanos(SECONDS / 2));
            count[0] = 0;
            long start = System.nanoTime();
            long own = ownNanos();
            swarm.run(Scale.nanos(SECONDS));
            double used = (ownNanos() - own) / 1e9;
            return "%-33s %,11.0f deliveries/s counted, %.2f cores, ceiling %,11.0f deliveries/s%n".formatted(title,
                    count[0] / ((System.nanoTime() - start) / 1e9), used / SECONDS, count[0] / used);
        }
    }

    private static String floor() throws IOException {
        try (ServerSocketChannel listener = listen(1, false, 10_000_000); Swarm swarm = swarm(listener, false)) {
            Histogram[] latency = { new Histogram() };
            swarm.tally((_, in, _, bodyEnd, now) -> latency[0].record(now - swarm.body().sentAt(in, bodyEnd)));
            swarm.run(Scale.nanos(SECONDS));
            latency[0] = new Histogram();
            swarm.run(Scale.nanos(SECONDS));
            return "paced, 100 messages/s             floor of the latency: p50 %.2f ms, p99 %.2f ms%n"
                .formatted(latency[0].millis(0.5), latency[0].millis(0.99));
        }
    }

    private static ServerSocketChannel listen(int together, boolean batch, long interval) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0), 1_024);
        Thread.ofPlatform().daemon().start(() -> blast(listener, together, batch, interval));
        return listener;
    }

    private static Swarm swarm(ServerSocketChannel listener, boolean batch) throws IOException {
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        Swarm swarm = new Swarm(port, new Stomp("/ws", "localhost", "", batch ? List.of("batch:true") : List.of()), new Body(100));
        new Muster(swarm).gather(SUBSCRIBERS, true, (i) -> List.of("/topic/bench"), (i) -> 0, Scale.nanos(10));
        return swarm;
    }

    private static long ownNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void blast(ServerSocketChannel listener, int together, boolean batch, long interval) {
        List<SocketChannel> clients = new ArrayList<>();
        try {
            ByteBuffer in = ByteBuffer.allocate(4_096);
            byte[] welcome = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
            ByteBuffer greeting = ByteBuffer.allocate(1_024)
                .put(welcome)
                .put(frame("CONNECTED\nversion:1.2\n" + (batch ? "batch:true\n" : "") + "\n\0"))
                .put(frame("RECEIPT\nreceipt-id:r0\n\n\0"))
                .flip();
            while (clients.size() <= SUBSCRIBERS) {
                SocketChannel client = listener.accept();
                client.read(in.clear());
                client.write(greeting.duplicate());
                clients.add(client);
            }
            ByteBuffer messages = messages(together, batch);
            for (long due = System.nanoTime(); listener.isOpen(); due += interval) {
                if (interval > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    messages = messages(together, batch);
                }
                for (SocketChannel client : clients.subList(1, clients.size())) {
                    client.write(messages.duplicate());
                }
            }
        }
        catch (IOException ex) {
            // the generator has seen enough
        }
        finally {
            clients.forEach(SelfTest::close);
        }
    }

    private static ByteBuffer messages(int together, boolean batch) {
        String message = "MESSAGE\ndestination:/topic/bench.fanout\nsubscription:sub-0\nmessage-id:18c2f3a9-1234567\n"
                + "published-at:1790000000000\ncontent-type:text/plain\ncontent-length:100\n\n"
                + new Body(100).stamped(System.nanoTime()) + "\0";
        ByteBuffer out = ByteBuffer.allocateDirect(together * (message.length() + 4) + 8);
        if (batch) {
            return out.put(frame(message.repeat(together))).flip();
        }
        for (int i = 0; i < together; i++) {
            out.put(frame(message));
        }
        return out.flip();
    }

    /** A text frame as a server sends it: not masked. */
    private static ByteBuffer frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 4).put((byte) (0x80 | Frames.TEXT));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        }
        else {
            frame.put((byte) 126).putShort((short) payload.length);
        }
        return frame.put(payload).flip();
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        }
        catch (IOException ex) {
            // nothing is lost
        }
    }

    private SelfTest() {
    }

}
