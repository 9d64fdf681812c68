package dev.carillon.bench;

import java.nio.ByteBuffer;

/** STOMP as a follower speaks it, who has been there before. */
record Resuming(Stomp stomp, Follower follower) implements Dialect {

    @Override
    public String path() {
        return this.stomp.path();
    }

    @Override
    public String subprotocol() {
        return this.stomp.subprotocol();
    }

    @Override
    public void opened(Connection connection) {
        this.stomp.opened(connection);
    }

    @Override
    public String subscription(String topic, int number) {
        String position = this.follower.trail(number).position();
        return this.stomp.subscription(topic, number, position.isEmpty() ? "" : "resume-from:" + position + "\n");
    }

    @Override
    public String publication(String topic, String body) {
        return this.stomp.publication(topic, body);
    }

    @Override
    public boolean isMessage(ByteBuffer in, int start, int length) {
        return this.stomp.isMessage(in, start, length);
    }

    @Override
    public int bodyEnd(ByteBuffer in, int end) {
        return this.stomp.bodyEnd(in, end);
    }

    @Override
    public void control(Connection connection, String text) {
        if (text.startsWith("RECEIPT")) {
            int number = Integer.parseInt(Stomp.header(text, "receipt-id").substring(1));
            this.follower.placed(number, Stomp.header(text, "position"), Stomp.header(text, "recovered"));
        }
        this.stomp.control(connection, text);
    }

}
