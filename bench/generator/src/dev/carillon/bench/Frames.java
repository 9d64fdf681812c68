package dev.carillon.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** The client's side of RFC 6455 framing (sections 5.2 and 5.3): one final, masked frame per message. */
final class Frames {

    static final int CONTINUATION = 0;

    static final int TEXT = 1;

    static final int BINARY = 2;

    static final int CLOSE = 8;

    static final int PING = 9;

    static final int PONG = 10;

    static ByteBuffer encode(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        }
        else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        int mask = ThreadLocalRandom.current().nextInt();
        frame.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ (mask >>> (24 - 8 * (i & 3)))));
        }
        return frame.flip();
    }

    private Frames() {
    }

}
