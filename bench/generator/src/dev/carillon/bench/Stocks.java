package dev.carillon.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Quotes for people who watch some of them: more deliveries than a small machine can make, so what counts is what a server
 * does then.
 *
 * <p>A server may leave quotes out, or close those who cannot follow. Every delivery that was due is either made, or
 * reported as missed by a later message, or lost.
 */
record Stocks() implements Load {

    private static final int SYMBOLS = 500;

    private static final int WATCHED = 50;

    private static final int UPDATES_PER_SECOND = 10;

    private static final int PER_SECOND = SYMBOLS * UPDATES_PER_SECOND;

    private static final long DRAIN = 20_000_000_000L;

    /** So long without a message means that nothing more comes; a server short of memory may well pause for seconds. */
    private static final long QUIET = 5_000_000_000L;

    /** The warm-up asks for so much less that nobody begins with a backlog. */
    private static final int WARM_UP_SHARE = 5;

    @Override
    public String name() {
        return "stocks";
    }

    @Override
    public String description(Scale scale) {
        return SYMBOLS + " symbols with " + UPDATES_PER_SECOND + " updates/s each, " + Report.number(scale.subscribers())
                + " watchers of " + WATCHED + " symbols each, 100-byte bodies, one publisher: "
                + Report.number(PER_SECOND) + " messages/s, " + Report.number(offered(scale))
                + " deliveries/s offered. Carillon's topics have the policy of its stocks (`slow: conflate`).";
    }

    private static double offered(Scale scale) {
        return (double) scale.subscribers() * WATCHED * UPDATES_PER_SECOND;
    }

    @Override
    public Map<String, Double> run(Trial trial) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        List<String> symbols = IntStream.range(0, SYMBOLS).mapToObj("/topic/quotes.S%03d"::formatted).toList();
        try (Swarm swarm = trial.swarm(100)) {
            Muster muster = trial.muster(swarm, trial.scale().subscribers(), (i) -> watched(symbols, i), (i) -> 0);
            swarm.mayEnd((connection) -> connection != muster.publisher());
            Counts warmUp = new Counts(swarm, trial.dialect());
            Pace gentle = pace(swarm, muster, symbols, PER_SECOND / WARM_UP_SHARE, trial.scale().warmUp());
            double gentlyDue = due(gentle, trial.scale());
            warmUp.settle(gentlyDue);

            Counts counts = new Counts(swarm, trial.dialect());
            long start = System.nanoTime();
            Usage usage = trial.usage();
            Pace pace = pace(swarm, muster, symbols, PER_SECOND, trial.scale().measure());
            double arrived = counts.arrived / ((System.nanoTime() - start) / 1e9);
            usage.stop(figures);
            double due = due(pace, trial.scale());
            counts.settle(due);
            figures.put("warm-up delivered %", 100 * warmUp.delivered / gentlyDue);
            figures.put("deliveries/s", arrived);
            figures.put("delivered %", 100 * counts.delivered / due);
            figures.put("missed %", 100 * counts.missed / due);
            figures.put("lost %", 100 * (due - counts.delivered - counts.missed) / due);
            figures.put("closed", (double) muster.subscribers().stream().filter((each) -> !each.isOpen()).count());
            figures.put("p50 ms", counts.latency.millis(0.5));
            figures.put("p99 ms", counts.latency.millis(0.99));
            figures.put("max ms", counts.latency.millis(1));
            figures.put("publisher late p99 ms", pace.lateness().millis(0.99));
        }
        return figures;
    }

    private static double due(Pace pace, Scale scale) {
        return (double) pace.sent() * scale.subscribers() * WATCHED / SYMBOLS;
    }

    /** A stride through the symbols that gives every symbol the same number of watchers. */
    private static List<String> watched(List<String> symbols, int watcher) {
        return IntStream.range(0, WATCHED).mapToObj((i) -> symbols.get((watcher + i * (SYMBOLS / WATCHED)) % SYMBOLS)).toList();
    }

    private static Pace pace(Swarm swarm, Muster muster, List<String> symbols, int perSecond, int seconds)
            throws IOException {
        Pace pace = new Pace(swarm, perSecond, (n) -> muster.publisher()
            .publish(symbols.get((int) (n % SYMBOLS)), swarm.body().stamped(System.nanoTime())));
        pace.run(Scale.nanos(seconds));
        return pace;
    }

    /** What arrives; of the messages from before it was made only that they do. */
    private static final class Counts {

        private final Swarm swarm;

        private final Histogram latency = new Histogram();

        private long arrived;

        private long delivered;

        private long missed;

        Counts(Swarm swarm, Dialect dialect) {
            this.swarm = swarm;
            long begin = System.nanoTime();
            swarm.tally((_, in, start, bodyEnd, now) -> {
                this.arrived++;
                if (bodyEnd < 0) {
                    throw new IllegalStateException("a message came in fragments: it cannot be told when it was sent");
                }
                long sentAt = swarm.body().sentAt(in, bodyEnd);
                if (sentAt >= begin) {
                    this.delivered++;
                    this.missed += dialect.missed(in, start, bodyEnd);
                    this.latency.record(now - sentAt);
                }
            });
        }

        /** Waits until all that is due is accounted for, or nothing more comes, or the time is over. */
        void settle(double due) throws IOException {
            long deadline = System.nanoTime() + DRAIN;
            long before = -1;
            while (before != this.arrived && System.nanoTime() < deadline) {
                before = this.arrived;
                this.swarm.await(() -> this.delivered + this.missed >= due, Math.min(QUIET, deadline - System.nanoTime()));
            }
        }

    }

}
