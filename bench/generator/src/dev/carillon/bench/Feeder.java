package dev.carillon.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes into a room and publishes to topics over HTTP, as a back end does, whether the server is there or not.
 *
 * <p>A message of the room that was not taken is sent again under the same key until it is. One of a topic is not: what it
 * says is out of date. Begun by the constructor, ended by {@link #close}; has threads of its own.
 */
final class Feeder implements AutoCloseable {

    /** Messages of the room in a second. */
    static final int SAID_PER_SECOND = 5;

    /** Requests in a second, and messages to topics in each. */
    private static final int REQUESTS_PER_SECOND = 10;

    private static final int TOGETHER = 10;

    static final int PUBLISHED_PER_SECOND = REQUESTS_PER_SECOND * TOGETHER;

    private final Api api;

    private final String room;

    private final List<String> topics;

    private final Body body;

    private final Body stamp;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

    private volatile int said;

    private int next;

    private volatile long published;

    private volatile long refused;

    /** By topic and epoch: the newest offset that was answered. */
    private final Map<String, Map<String, Long>> heads = new ConcurrentHashMap<>();

    /**
     * Begins.
     * @param body of a message to a topic
     * @param stamp what a message of the room begins with, before a space and its number
     */
    Feeder(Api api, String room, List<String> topics, Body body, Body stamp) {
        this.api = api;
        this.room = room;
        this.topics = topics;
        this.body = body;
        this.stamp = stamp;
        this.threads.scheduleWithFixedDelay(this::say, 0, 1_000 / SAID_PER_SECOND, TimeUnit.MILLISECONDS);
        this.threads.scheduleWithFixedDelay(this::publish, 0, 1_000 / REQUESTS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /** How many messages the room has taken: the numbers below this one. */
    int said() {
        return this.said;
    }

    /** How many messages topics have taken. */
    long published() {
        return this.published;
    }

    /** How many messages to topics nobody has taken. */
    long refused() {
        return this.refused;
    }

    /** The newest offset that was answered in each epoch. */
    Map<String, Long> heads(String topic) {
        return this.heads.getOrDefault(topic, Map.of());
    }

    private void say() {
        try {
            this.api.say(this.room, this.stamp.stamped(System.nanoTime()) + " " + this.said, "number-" + this.said);
            this.said++;
        }
        catch (IOException ex) {
            // once more
        }
    }

    private void publish() {
        String text = this.body.stamped(System.nanoTime());
        String messages = IntStream.range(0, TOGETHER)
            .mapToObj((i) -> this.topics.get((this.next + i) % this.topics.size()))
            .map((topic) -> "{\"destination\":\"" + topic + "\",\"body\":\"" + text + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
        this.next += TOGETHER;
        try {
            this.api.publish(messages).forEach((answer) -> note((Map<?, ?>) answer));
        }
        catch (IOException ex) {
            this.refused += TOGETHER;
        }
    }

    private void note(Map<?, ?> answer) {
        if (answer.get("position") instanceof String position) {
            int dash = position.indexOf('-');
            this.heads.computeIfAbsent(answer.get("destination").toString(), (_) -> new ConcurrentHashMap<>())
                .merge(position.substring(0, dash), Long.valueOf(position.substring(dash + 1)), Math::max);
            this.published++;
        }
        else {
            this.refused++;
        }
    }

    /** After this nothing more is sent. */
    @Override
    public void close() throws IOException {
        this.threads.shutdown();
        try {
            if (!this.threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IOException("a message is not answered");
            }
        }
        catch (InterruptedException ex) {
            throw new IOException(ex);
        }
    }

}
