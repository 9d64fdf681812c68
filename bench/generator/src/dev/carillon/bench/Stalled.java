package dev.carillon.bench;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One subscriber in ten stops reading while messages flow.
 *
 * <p>Bodies of 2,000 bytes and small receive buffers make sure that what the kernel holds for a stalled subscriber (some
 * 0.7 MB on loopback) is full after a few seconds; the figure {@code backlog MB} says how much was published to each of
 * them meanwhile.
 */
record Stalled() implements Load {

    private static final String TOPIC = "/topic/bench.stalled";

    private static final int PER_SECOND = 50;

    private static final int BODY = 2_000;

    private static final int ONE_IN = 10;

    private static final int RECEIVE_BUFFER = 8 * 1024;

    private static final long RECOVERY = 20_000_000_000L;

    @Override
    public String name() {
        return "stalled";
    }

    @Override
    public String description(Scale scale) {
        return scale.subscribers() / ONE_IN + " of " + Report.number(scale.subscribers()) + " subscribers of one topic do not read for "
                + scale.stall() + " s; " + Report.number(BODY) + "-byte bodies, " + PER_SECOND + " messages/s.";
    }

    @Override
    public Map<String, Double> run(Trial trial) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Swarm swarm = trial.swarm(BODY)) {
            Muster muster = trial.muster(swarm, trial.scale().subscribers(), (i) -> List.of(TOPIC),
                    (i) -> (i % ONE_IN == 0) ? RECEIVE_BUFFER : 0);
            List<Connection> all = muster.subscribers();
            Set<Connection> stalling = new HashSet<>();
            for (int i = 0; i < all.size(); i += ONE_IN) {
                stalling.add(all.get(i));
            }
            swarm.mayEnd(stalling::contains);
            long others = all.size() - stalling.size();

            Pace warmUp = pace(swarm, muster, stalling);
            warmUp.run(Scale.nanos(trial.scale().warmUp()));
            warmUp.drain(others);
            Pace before = pace(swarm, muster, stalling);
            before.run(Scale.nanos(trial.scale().measure()));
            before.drain(others);
            double heap = trial.server().heapBytes();
            double rss = trial.server().rssBytes();

            stalling.forEach(Connection::pause);
            Pace during = pace(swarm, muster, stalling);
            Usage usage = trial.usage();
            during.run(Scale.nanos(trial.scale().stall()));
            usage.stop(figures);
            figures.put("missing", (double) during.drain(others));
            figures.put("p50 ms before", before.latency().millis(0.5));
            figures.put("p50 ms", during.latency().millis(0.5));
            figures.put("p99 ms before", before.latency().millis(0.99));
            figures.put("p99 ms", during.latency().millis(0.99));
            figures.put("p99 ratio", during.latency().millis(0.99) / before.latency().millis(0.99));
            figures.put("heap growth MB", (trial.server().heapBytes() - heap) / 1e6);
            figures.put("rss growth MB", (trial.server().rssBytes() - rss) / 1e6);
            figures.put("backlog MB", (double) BODY * PER_SECOND * trial.scale().stall() / 1e6);
            recover(swarm, muster, stalling);
            figures.put("stalled, then closed", (double) stalling.stream().filter((each) -> !each.isOpen()).count());
            figures.put("stalled, then served",
                    (double) stalling.stream().filter((each) -> each.isOpen() && each.received > 0).count());
        }
        return figures;
    }

    private Pace pace(Swarm swarm, Muster muster, Set<Connection> ignored) {
        Pace pace = new Pace(swarm, PER_SECOND,
                (n) -> muster.publisher().publish(TOPIC, swarm.body().stamped(System.nanoTime())));
        swarm.tally((to, in, _, bodyEnd, now) -> {
            if (!ignored.contains(to)) {
                pace.message(in, bodyEnd, now);
            }
        });
        return pace;
    }

    /** Reads again, and waits until each stalled subscriber is closed or receives what is published from now on. */
    private void recover(Swarm swarm, Muster muster, Set<Connection> stalled) throws IOException {
        long now = System.nanoTime();
        stalled.forEach((each) -> each.received = 0);
        swarm.tally((to, in, _, bodyEnd, _) -> {
            if (bodyEnd < 0 || swarm.body().sentAt(in, bodyEnd) < now) {
                to.received = -1;
            }
        });
        stalled.forEach(Connection::resume);
        long deadline = now + RECOVERY;
        while (System.nanoTime() < deadline
                && !stalled.stream().allMatch((each) -> !each.isOpen() || each.received > 0)) {
            muster.publisher().publish(TOPIC, swarm.body().stamped(System.nanoTime()));
            swarm.run(Scale.nanos(0.1));
        }
    }

}
