package dev.carillon.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One client floods the server while others follow a topic at a moderate pace; they are compared with themselves before.
 *
 * <p>There are two floods in turn: of messages, beyond what a client may send, and, where the protocol knows such a thing,
 * of nonsense. Here the server keeps the limits it comes with. Two publishers share the pace, so that neither comes near
 * to them.
 */
record Flood() implements Load {

    private static final String TOPIC = "/topic/bench.calm";

    private static final String FLOODED = "/topic/bench.flooded";

    private static final int PER_SECOND = 100;

    private static final int ONE_IN = 10;

    /** Until a flood has reached its height. */
    private static final double RISE_SECONDS = 2;

    private static final long PATIENCE = 10_000_000_000L;

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public String description(Scale scale) {
        return subscribers(scale) + " subscribers of one topic, 100-byte bodies, two publishers, " + PER_SECOND
                + " messages/s; meanwhile one more client sends all that the server takes to another topic, then (`nonsense`, STOMP only) "
                + "malformed frames, and reconnects when it is closed. Servers keep the limits they are shipped with.";
    }

    @Override
    public Map<String, Double> run(Trial trial) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Swarm swarm = trial.swarm(100)) {
            Muster muster = trial.muster(swarm, subscribers(trial.scale()), (i) -> List.of(TOPIC), (i) -> 0);
            Connection second = swarm.connect(List.of(), 0);
            if (!swarm.await(second::isGreeted, PATIENCE)) {
                throw new IOException("the second publisher is not let in");
            }
            List<Connection> publishers = List.of(muster.publisher(), second);
            pace(swarm, publishers, trial, trial.scale().warmUp());
            Pace calm = pace(swarm, publishers, trial, trial.scale().measure());
            double before = calm.latency().millis(0.99);
            figures.put("p50 ms before", calm.latency().millis(0.5));
            figures.put("p99 ms before", before);
            Usage usage = trial.usage();
            try (Flooder flooder = Flooder.ofMessages(trial, FLOODED, swarm.body())) {
                Pace flooded = during(flooder, "flood", swarm, publishers, trial, figures);
                figures.put("p50 ms", flooded.latency().millis(0.5));
                figures.put("p99 ms", flooded.latency().millis(0.99));
                figures.put("p99 ratio", flooded.latency().millis(0.99) / before);
            }
            usage.stop(figures);
            if (!trial.dialect().nonsense(0).isEmpty()) {
                try (Flooder flooder = Flooder.ofNonsense(trial)) {
                    Pace flooded = during(flooder, "nonsense", swarm, publishers, trial, figures);
                    figures.put("nonsense p99 ms", flooded.latency().millis(0.99));
                    figures.put("nonsense p99 ratio", flooded.latency().millis(0.99) / before);
                }
            }
        }
        return figures;
    }

    private static int subscribers(Scale scale) {
        return scale.subscribers() / ONE_IN;
    }

    private static Pace during(Flooder flooder, String word, Swarm swarm, List<Connection> publishers, Trial trial,
            Map<String, Double> figures) throws IOException {
        pace(swarm, publishers, trial, RISE_SECONDS);
        Flooder.Progress start = flooder.progress();
        Pace flooded = pace(swarm, publishers, trial, trial.scale().measure());
        flooder.progress().since(start, word, figures);
        return flooded;
    }

    /** Publishes for so many seconds, and fails unless everything reaches everybody. */
    private static Pace pace(Swarm swarm, List<Connection> publishers, Trial trial, double seconds) throws IOException {
        Pace pace = new Pace(swarm, PER_SECOND, (n) -> publishers.get((int) (n % publishers.size()))
            .publish(TOPIC, swarm.body().stamped(System.nanoTime())));
        swarm.tally((_, in, _, bodyEnd, now) -> pace.message(in, bodyEnd, now));
        pace.run(Scale.nanos(seconds));
        long missing = pace.drain(subscribers(trial.scale()));
        if (missing != 0) {
            throw new IOException(missing + " deliveries are missing");
        }
        return pace;
    }

}
