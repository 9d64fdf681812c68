package dev.carillon.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * One WebSocket client: a non-blocking socket and where it stands.
 *
 * <p>Bytes are read into a buffer shared by all connections and walked frame by frame; only the unfinished rest of the last
 * frame is kept here. Payloads of published messages are counted, never decoded. Used by the swarm's thread only.
 */
final class Connection {

    private static final byte[] NONE = new byte[0];

    private static final int END_OF_HEADERS = 0x0d0a0d0a;

    private final Swarm swarm;

    private final Dialect dialect;

    private final SocketChannel channel;

    private final SelectionKey key;

    private final List<String> topics;

    private final Queue<ByteBuffer> unsent = new ArrayDeque<>(1);

    private byte[] rest = NONE;

    private boolean upgraded;

    private boolean greeted;

    private boolean concatenated;

    private int confirmations;

    private long refusals;

    /** Inside a fragmented message (or, when concatenated, inside a STOMP frame that goes on): does it count? */
    private boolean counting;

    private boolean midFrame;

    private String end;

    /** Published messages received since a load last set this. */
    long received;

    Connection(Swarm swarm, Dialect dialect, SocketChannel channel, SelectionKey key, List<String> topics) {
        this.swarm = swarm;
        this.dialect = dialect;
        this.channel = channel;
        this.key = key;
        this.topics = topics;
    }

    List<String> topics() {
        return this.topics;
    }

    boolean isGreeted() {
        return this.greeted;
    }

    /** Whether the server has confirmed every subscription. */
    boolean isConfirmed() {
        return this.greeted && this.confirmations == this.topics.size();
    }

    boolean isOpen() {
        return this.end == null;
    }

    /** Whether all that was sent has left for the socket. */
    boolean isIdle() {
        return this.unsent.isEmpty();
    }

    /** How often the server has refused something and kept the connection. */
    long refusals() {
        return this.refusals;
    }

    /** Why the connection ended, null while it is open. */
    String end() {
        return this.end;
    }

    // what a dialect may do

    void send(String text) {
        write(Frames.encode(Frames.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    void greeted() {
        this.greeted = true;
        for (int i = 0; i < this.topics.size(); i++) {
            send(this.dialect.subscription(this.topics.get(i), i));
        }
    }

    void confirmed() {
        this.confirmations++;
        this.swarm.confirmed(this);
    }

    void refused() {
        this.refusals++;
    }

    void expectConcatenation() {
        this.concatenated = true;
    }

    void fail(String reason) {
        if (this.end == null) {
            this.end = reason;
            this.rest = NONE;
            this.swarm.ended(this);
        }
        this.key.cancel();
        try {
            this.channel.close();
        }
        catch (IOException ex) {
            // it is gone either way
        }
    }

    // what a load may do

    void publish(String topic, String body) {
        send(this.dialect.publication(topic, body));
    }

    /** Sends what {@link Frames#encode} has made. */
    void sendEncoded(ByteBuffer frames) {
        write(frames);
    }

    /** Stops reading: the kernel's buffers fill, then the server's. */
    void pause() {
        this.key.interestOps(0);
    }

    void resume() {
        if (this.key.isValid()) {
            this.key.interestOps(SelectionKey.OP_READ);
        }
    }

    // what the swarm does

    void ready(ByteBuffer in) {
        try {
            if (this.key.isValid() && this.key.isConnectable() && this.channel.finishConnect()) {
                this.key.interestOps(SelectionKey.OP_READ);
                handshake();
            }
            if (this.key.isValid() && this.key.isWritable()) {
                flush();
            }
            if (this.key.isValid() && this.key.isReadable()) {
                read(in);
            }
        }
        catch (IOException ex) {
            fail(ex.getMessage());
        }
    }

    void begin(SocketAddress server) {
        try {
            if (this.channel.connect(server)) {
                this.key.interestOps(SelectionKey.OP_READ);
                handshake();
            }
        }
        catch (IOException ex) {
            fail(ex.getMessage());
        }
    }

    private void handshake() {
        StringBuilder request = new StringBuilder("GET ").append(this.dialect.path())
            .append(" HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: Y2FyaWxsb24tYmVsbHMtOA==\r\n");
        if (!this.dialect.subprotocol().isEmpty()) {
            request.append("Sec-WebSocket-Protocol: ").append(this.dialect.subprotocol()).append("\r\n");
        }
        write(ByteBuffer.wrap(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII)));
    }

    private void write(ByteBuffer bytes) {
        if (this.end != null) {
            return;
        }
        this.unsent.add(bytes);
        try {
            flush();
        }
        catch (IOException ex) {
            fail(ex.getMessage());
        }
    }

    private void flush() throws IOException {
        boolean waiting = this.key.interestOps() != SelectionKey.OP_READ;
        for (ByteBuffer next = this.unsent.peek(); next != null; next = this.unsent.peek()) {
            this.channel.write(next);
            if (next.hasRemaining()) {
                this.key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            this.unsent.remove();
        }
        if (waiting) {
            this.key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void read(ByteBuffer in) throws IOException {
        in.clear().put(this.rest);
        int n = this.channel.read(in);
        if (n < 0) {
            fail("closed without a close frame");
            return;
        }
        int end = in.position();
        int at = this.upgraded ? frames(in, 0, end, System.nanoTime()) : upgrade(in, end);
        if (at == 0 && end == in.capacity()) {
            fail("a frame larger than the read buffer");
        }
        if (isOpen()) {
            keep(in, at, end);
        }
    }

    private void keep(ByteBuffer in, int at, int end) {
        if (at == end) {
            this.rest = NONE;
            return;
        }
        byte[] kept = new byte[end - at];
        in.get(at, kept);
        this.rest = kept;
    }

    private int upgrade(ByteBuffer in, int end) {
        for (int at = 0; at + 4 <= end; at++) {
            if (Integer.reverseBytes(in.getInt(at)) == END_OF_HEADERS) {
                String status = text(in, 0, Math.min(12, end));
                if (!status.endsWith(" 101")) {
                    fail("handshake refused: " + status);
                    return end;
                }
                this.upgraded = true;
                this.dialect.opened(this);
                return frames(in, at + 4, end, System.nanoTime());
            }
        }
        return 0;
    }

    /** Walks all complete WebSocket frames and returns where the first incomplete one starts. */
    private int frames(ByteBuffer in, int from, int end, long now) {
        int at = from;
        while (end - at >= 2 && isOpen()) {
            int first = in.get(at);
            long length = in.get(at + 1);
            int header = 2;
            if (length < 0) {
                fail("a masked frame from the server");
                break;
            }
            if (length >= 126) {
                header = (length == 126) ? 4 : 10;
                if (end - at < header) {
                    break;
                }
                length = (length == 126) ? Short.toUnsignedInt(Short.reverseBytes(in.getShort(at + 2)))
                        : Long.reverseBytes(in.getLong(at + 2));
            }
            if (end - at < header + length) {
                break;
            }
            payload(first, in, at + header, (int) length, now);
            at += header + (int) length;
        }
        return at;
    }

    private void payload(int first, ByteBuffer in, int start, int length, long now) {
        boolean last = first < 0;
        switch (first & 0xf) {
            case Frames.TEXT, Frames.BINARY, Frames.CONTINUATION -> {
                if (this.concatenated) {
                    concatenation(in, start, start + length, now);
                }
                else {
                    single(first & 0xf, last, in, start, length, now);
                }
            }
            case Frames.PING -> {
                byte[] payload = new byte[length];
                in.get(start, payload);
                write(Frames.encode(Frames.PONG, payload));
            }
            case Frames.CLOSE -> fail("close "
                    + ((length < 2) ? "without a code" : Short.toUnsignedInt(Short.reverseBytes(in.getShort(start)))
                            + " " + text(in, start + 2, length - 2)));
            default -> { }
        }
    }

    /** One message of the dialect per WebSocket message. */
    private void single(int opcode, boolean last, ByteBuffer in, int start, int length, long now) {
        if (opcode != Frames.CONTINUATION) {
            this.counting = length > 0 && this.dialect.isMessage(in, start, length);
        }
        if (this.counting && last) {
            int bodyEnd = this.dialect.bodyEnd(in, start + length);
            count(in, start, (bodyEnd - start >= this.swarm.bodyLength()) ? bodyEnd : -1, now);
        }
        else if (!this.counting) {
            this.dialect.control(this, text(in, start, length));
        }
    }

    /** Any number of STOMP frames, each ended by NUL; the last one may go on in the next fragment. */
    private void concatenation(ByteBuffer in, int start, int end, long now) {
        int at = start;
        while (at < end) {
            if (!this.midFrame) {
                byte first = in.get(at);
                if (first == '\n' || first == '\r') {
                    at++;
                    continue;
                }
                this.counting = first == 'M';
            }
            // a published message is longer than its body and has no other NUL, so the search may start there
            int from = (this.counting && !this.midFrame) ? Math.min(end, at + this.swarm.bodyLength()) : at;
            int nul = indexOf(0, in, from, end);
            this.midFrame = nul == end;
            if (!this.midFrame && this.counting) {
                count(in, at, (nul - at >= this.swarm.bodyLength()) ? nul : -1, now);
            }
            else if (!this.counting) {
                this.dialect.control(this, text(in, at, nul - at));
            }
            at = nul + 1;
        }
    }

    private void count(ByteBuffer in, int start, int bodyEnd, long now) {
        this.swarm.tally().message(this, in, start, bodyEnd, now);
        this.received++;
    }

    /** Looks at eight bytes at a time; the buffer is little-endian. Answers the end when the byte is not there. */
    static int indexOf(int wanted, ByteBuffer in, int from, int end) {
        int at = from;
        long pattern = wanted * 0x0101010101010101L;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = in.getLong(at) ^ pattern;
            long zeros = (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        while (at < end && in.get(at) != wanted) {
            at++;
        }
        return at;
    }

    private static String text(ByteBuffer in, int start, int length) {
        byte[] bytes = new byte[length];
        in.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

}
