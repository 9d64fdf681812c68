package dev.carillon.bench;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.random.RandomGenerator;

/**
 * A client of one room and one topic who comes back when it was sent away, waits before it does so as the project's own client
 * does, and resumes where it was.
 */
final class Follower {

    /** Its subscriptions, by their number. */
    static final int ROOM = 0;

    static final int TOPIC = 1;

    private static final Pattern HINT = Pattern.compile("close 1012 restart; retry-after=(\\d+)");

    /** The wait after a failure is random below a bound that doubles with each one, in milliseconds. */
    private static final int FIRST_BOUND = 500;

    private static final int LARGEST_BOUND = 30_000;

    /** The largest power of two that matters to the bound. */
    private static final int DOUBLINGS = 6;

    private static final double MILLION = 1e6;

    private final List<Trail> trails;

    private final RandomGenerator random;

    /** Numbers of the room's messages, whichever way they came. */
    private final BitSet known = new BitSet();

    private long newest;

    private long gap;

    private int failures;

    private int cuts;

    private long sentAwayAt;

    private long backAt;

    private long heardAt;

    private long silence;

    Follower(String room, String topic, RandomGenerator random) {
        this.trails = List.of(new Trail(room), new Trail(topic));
        this.random = random;
    }

    List<String> topics() {
        return this.trails.stream().map(Trail::topic).toList();
    }

    Trail trail(int number) {
        return this.trails.get(number);
    }

    /** The id of the newest message of the room that it knew when it was last told of a loss. */
    long gap() {
        return this.gap;
    }

    /** How often its session ended without a word. */
    int cuts() {
        return this.cuts;
    }

    /** How many attempts to come back have failed, those included that came too early. */
    int failures() {
        return Math.max(0, this.failures - 1);
    }

    /** Whether it was sent away and has subscribed again. */
    boolean isBack() {
        return this.backAt > this.sentAwayAt && this.sentAwayAt > 0;
    }

    long backAt() {
        return this.backAt;
    }

    /** For how long it was away, in nanoseconds. */
    long away() {
        return this.backAt - this.sentAwayAt;
    }

    /** The longest time without a message, in nanoseconds. */
    long silence() {
        return this.silence;
    }

    /** From here on silence counts. */
    void listen() {
        this.silence = 0;
    }

    /** Takes note of a RECEIPT. What it knows at this moment is what came before the loss: the next message is one after it. */
    void placed(int number, String position, String recovered) {
        this.trails.get(number).placed(position, recovered);
        if (number == ROOM) {
            this.gap = this.newest;
        }
    }

    /** All of its subscriptions stand; what it was sent away for is over. */
    void back(long now) {
        this.backAt = now;
    }

    /**
     * Takes note of how a connection ended and returns how long it stays away, in nanoseconds.
     * @param hadSession whether it ever was let in on that connection
     */
    long ended(String how, boolean hadSession, long now) {
        Matcher hint = HINT.matcher(how);
        boolean told = hint.find();
        if (told || hadSession) {
            this.sentAwayAt = now;
            this.failures = 0;
            this.cuts += told ? 0 : 1;
        }
        int bound = Math.min(LARGEST_BOUND, FIRST_BOUND << Math.min(this.failures, DOUBLINGS));
        this.failures++;
        return (long) (((told ? Long.parseLong(hint.group(1)) : 0) + this.random.nextDouble() * bound) * MILLION);
    }

    /** Takes note of one MESSAGE and returns when it was sent, or 0 if that was before it was subscribed. */
    long heard(String frame, long now) {
        Trail trail = this.trails.get(Stomp.header(frame, "subscription").equals("sub-" + ROOM) ? ROOM : TOPIC);
        trail.heard(Stomp.header(frame, "message-id"), Stomp.header(frame, "missed"));
        if (this.heardAt > 0) {
            this.silence = Math.max(this.silence, now - this.heardAt);
        }
        this.heardAt = now;
        int body = frame.indexOf("\n\n") + 2;
        int stamp = body;
        if (trail == this.trails.get(ROOM)) {
            stamp = frame.indexOf("\"text\":\"", body) + "\"text\":\"".length();
            int id = frame.indexOf("\"id\":", body) + "\"id\":".length();
            know(Long.parseLong(frame, id, frame.indexOf(',', id), 10), frame.substring(stamp, frame.indexOf('"', stamp)));
        }
        long sentAt = Long.parseUnsignedLong(frame, stamp, stamp + Body.SHORTEST, 16);
        return (sentAt >= trail.placedAt()) ? sentAt : 0;
    }

    /** Takes note of a message of the room. */
    void know(long id, String text) {
        this.newest = Math.max(this.newest, id);
        this.known.set(Integer.parseInt(text, text.indexOf(' ') + 1, text.length(), 10));
    }

    /** How many of the first so many messages of the room it does not know. */
    int unknown(int said) {
        return said - this.known.get(0, said).cardinality();
    }

}
