package dev.carillon.bench;

import java.nio.ByteBuffer;

/**
 * Socket.IO protocol 5 on Engine.IO protocol 4, WebSocket transport only.
 *
 * <p>A subscription is an event with an acknowledgement; a published message is an event named after its topic.
 */
record SocketIo(String path) implements Dialect {

    @Override
    public String subprotocol() {
        return "";
    }

    @Override
    public void opened(Connection connection) {
        // the server speaks first
    }

    @Override
    public String subscription(String topic, int number) {
        return "42" + number + "[\"sub\",\"" + topic + "\"]";
    }

    @Override
    public String publication(String topic, String body) {
        return "42[\"pub\",\"" + topic + "\",\"" + body + "\"]";
    }

    @Override
    public boolean isMessage(ByteBuffer in, int start, int length) {
        return length > 1 && in.get(start) == '4' && in.get(start + 1) == '2';
    }

    @Override
    public int bodyEnd(ByteBuffer in, int end) {
        return end - 2;
    }

    @Override
    public void control(Connection connection, String text) {
        if (text.startsWith("0")) {
            connection.send("40");
        }
        else if (text.startsWith("40")) {
            connection.greeted();
        }
        else if (text.startsWith("43")) {
            connection.confirmed();
        }
        else if (text.equals("2")) {
            connection.send("3");
        }
        else {
            connection.fail(text);
        }
    }

}
