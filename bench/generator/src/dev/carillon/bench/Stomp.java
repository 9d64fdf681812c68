package dev.carillon.bench;

import java.nio.ByteBuffer;

/**
 * STOMP 1.2.
 *
 * @param path the endpoint
 * @param host the virtual host
 * @param login user and passcode separated by a colon, or empty for none
 * @param batch whether CONNECT asks for several STOMP frames in one WebSocket message
 */
record Stomp(String path, String host, String login, boolean batch) implements Dialect {

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
        if (this.batch) {
            frame.append("batch:true\n");
        }
        connection.send(frame.append("\n\0").toString());
    }

    @Override
    public String subscription(String topic, int number) {
        return "SUBSCRIBE\nid:sub-" + number + "\ndestination:" + topic + "\nreceipt:r" + number + "\n\n\0";
    }

    @Override
    public String publication(String topic, String body) {
        return "SEND\ndestination:" + topic + "\ncontent-type:text/plain\ncontent-length:" + body.length() + "\n\n" + body
                + "\0";
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
        else if (!text.isBlank()) {
            connection.fail(text.replace('\0', ' ').strip().replace('\n', '|'));
        }
    }

}
