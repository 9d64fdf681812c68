package dev.carillon.bench;

/**
 * How large and how long the loads are.
 *
 * @param subscribers of every load but the storm
 * @param sessions of the storm
 * @param senders of the chat
 * @param warmUp seconds before each measurement
 * @param measure seconds of each measurement
 * @param stall seconds for which stalled subscribers do not read
 * @param limit seconds until connecting is given up
 */
record Scale(int subscribers, int sessions, int senders, int warmUp, int measure, int stall, int limit) {

    static final Scale FULL = new Scale(1_000, 10_000, 200, 5, 10, 60, 60);

    static final Scale QUICK = new Scale(200, 500, 40, 1, 2, 10, 10);

    Scale stalling(int seconds) {
        return new Scale(this.subscribers, this.sessions, this.senders, this.warmUp, this.measure, seconds, this.limit);
    }

    static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

}
