package dev.carillon.bench;

import java.nio.ByteBuffer;

/**
 * The simplest protocol a team would write for itself.
 *
 * <p>{@code sub TOPIC} is answered by {@code ok TOPIC}; {@code pub TOPIC BODY} reaches subscribers as
 * {@code msg TOPIC BODY}.
 */
record PlainWs(String path) implements Dialect {

    @Override
    public String subprotocol() {
        return "";
    }

    @Override
    public void opened(Connection connection) {
        connection.greeted();
    }

    @Override
    public String subscription(String topic, int number) {
        return "sub " + topic;
    }

    @Override
    public String publication(String topic, String body) {
        return "pub " + topic + " " + body;
    }

    @Override
    public boolean isMessage(ByteBuffer in, int start, int length) {
        return in.get(start) == 'm';
    }

    @Override
    public int bodyEnd(ByteBuffer in, int end) {
        return end;
    }

    @Override
    public void control(Connection connection, String text) {
        if (text.startsWith("ok ")) {
            connection.confirmed();
        }
        else {
            connection.fail(text);
        }
    }

}
