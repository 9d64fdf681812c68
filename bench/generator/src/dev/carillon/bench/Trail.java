package dev.carillon.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One subscription of a follower over all of its connections: where it stands, and how much of each life of the topic's log
 * it has had.
 */
final class Trail {

    private final String topic;

    /** By epoch: how many messages were there before the subscription first began, and how many have come. */
    private final Map<String, long[]> lives = new LinkedHashMap<>();

    private String epoch = "";

    private long offset;

    private long placedAt;

    private int untold;

    private int lost;

    Trail(String topic) {
        this.topic = topic;
    }

    String topic() {
        return this.topic;
    }

    /** What to resume from, empty at first. */
    String position() {
        return this.epoch.isEmpty() ? "" : this.epoch + "-" + this.offset;
    }

    /** When the server last said where the subscription stands. */
    long placedAt() {
        return this.placedAt;
    }

    /** How often it was told that something may be lost. */
    int lost() {
        return this.lost;
    }

    /** How many messages were left out without a word. */
    int untold() {
        return this.untold;
    }

    /** Takes note of what a RECEIPT says. */
    void placed(String position, String recovered) {
        this.placedAt = System.nanoTime();
        if (recovered.equals("true")) {
            return;
        }
        this.lost += recovered.equals("false") ? 1 : 0;
        this.epoch = position.substring(0, position.indexOf('-'));
        this.offset = Long.parseLong(position.substring(position.indexOf('-') + 1));
        this.lives.put(this.epoch, new long[] { this.lives.isEmpty() ? this.offset : 0, 0 });
    }

    /** Takes note of a message; {@code missed} is what it says of those before it. */
    void heard(String position, String missed) {
        int dash = position.indexOf('-');
        long next = Long.parseLong(position.substring(dash + 1));
        if (!position.substring(0, dash).equals(this.epoch) || next <= this.offset) {
            throw new IllegalStateException(this.topic + " stood at " + position() + ", then came " + position);
        }
        this.untold += missed.isEmpty() ? (int) (next - this.offset - 1) : 0;
        this.offset = next;
        this.lives.get(this.epoch)[1]++;
    }

    /** How many messages have not come of all that there were, given the newest offset of each life of the log. */
    long missing(Map<String, Long> heads) {
        return this.lives.entrySet()
            .stream()
            .mapToLong((life) -> Math.max(0, heads.getOrDefault(life.getKey(), 0L) - life.getValue()[0] - life.getValue()[1]))
            .sum();
    }

    /** How many messages have come. */
    long count() {
        return this.lives.values().stream().mapToLong((life) -> life[1]).sum();
    }

}
