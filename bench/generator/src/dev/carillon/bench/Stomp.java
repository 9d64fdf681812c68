package dev.carillon.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * STOMP 1.2.
 *
 * @param path the endpoint
 * @param host the virtual host
 * @param login user and passcode separated by a colon, or empty for none
 * @param wishes headers of CONNECT that ask for more than STOMP, such as {@code batch:true}; who does not know them
 * ignores them
 */
record Stomp(String path, String host, String login, List<String> wishes) implements Dialect {

    @Override
    public String subprotocol() {
        return "v12.stomp";
    }

    @Override
    public void opened(Connection connection) {
        StringBuilder frame = new StringBuilder("CONNECT\naccept-version:1.2\nheart-beat:0,0\n");
        frame.append("host:").append(this.host).append('\n');
        if (!this.login.isEmpty()) {
            String[] parts = this.login.split(":", 2);
            frame.append("login:").append(parts[0]).append("\npasscode:").append(parts[1]).append('\n');
        }
        this.wishes.forEach((wish) -> frame.append(wish).append('\n'));
        connection.send(frame.append("\n\0").toString());
    }

    @Override
    public String subscription(String topic, int number) {
        return subscription(topic, number, "");
    }

    /** A subscription with a further header line, such as {@code resume-from:x\n}. */
    String subscription(String topic, int number, String more) {
        return "SUBSCRIBE\nid:sub-" + number + "\ndestination:" + topic + "\nreceipt:r" + number + "\n" + more + "\n\0";
    }

    @Override
    public String publication(String topic, String body) {
        return "SEND\ndestination:" + topic + "\ncontent-type:text/plain\ncontent-length:" + body.length() + "\n\n" + body
                + "\0";
    }

    /** An unknown command, a header without a colon, an escape that is none, and a body longer than it says. */
    @Override
    public String nonsense(int number) {
        return switch (number % 4) {
            case 0 -> "RING\ndestination:/topic/bench\n\n\0";
            case 1 -> "SEND\ndestination\n\n\0";
            case 2 -> "SEND\ndestination:/topic/bench\nnote:\\x\n\n\0";
            default -> "SEND\ndestination:/topic/bench\ncontent-length:1\n\nlong\0";
        };
    }

    /** The length of the range in the header {@code missed:<from>-<to>}. */
    @Override
    public long missed(ByteBuffer in, int start, int bodyEnd) {
        int line = start;
        while (line < bodyEnd && in.get(line) != '\n') {
            if (in.get(line) == 'm' && in.get(line + 1) == 'i') {
                byte[] header = new byte[Connection.indexOf('\n', in, line, bodyEnd) - line];
                in.get(line, header);
                String[] range = new String(header, StandardCharsets.US_ASCII).strip().substring("missed:".length()).split("-");
                return Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1;
            }
            line = Connection.indexOf('\n', in, line, bodyEnd) + 1;
        }
        return 0;
    }

    @Override
    public boolean isMessage(ByteBuffer in, int start, int length) {
        return in.get(start) == 'M';
    }

    @Override
    public int bodyEnd(ByteBuffer in, int end) {
        int nul = end - 1;
        while (in.get(nul) != 0) {
            nul--; // some servers send an end of line after the frame
        }
        return nul;
    }

    @Override
    public void control(Connection connection, String text) {
        if (text.startsWith("CONNECTED")) {
            if (text.contains("\nbatch:true\n")) {
                connection.expectConcatenation();
            }
            connection.greeted();
        }
        else if (text.startsWith("RECEIPT")) {
            connection.confirmed();
        }
        else if (text.startsWith("ERROR") && text.contains("\nfatal:false\n")) {
            connection.refused();
        }
        else if (!text.isBlank()) {
            connection.fail(text.replace('\0', ' ').strip().replace('\n', '|'));
        }
    }

    /** The value of a header, empty if the frame does not have it. */
    static String header(String frame, String name) {
        int line = frame.indexOf("\n" + name + ":");
        if (line < 0 || line > frame.indexOf("\n\n")) {
            return "";
        }
        return frame.substring(line + name.length() + 2, frame.indexOf('\n', line + 1));
    }

}
