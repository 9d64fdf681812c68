package dev.carillon.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One topic, everybody subscribed, {@value Window#IN_FLIGHT} messages in flight. */
record Fanout(String name, boolean batch) implements Load {

    private static final String TOPIC = "/topic/bench.fanout";

    private static final long DRAIN = 20_000_000_000L;

    @Override
    public String description(Scale scale) {
        return Report.number(scale.subscribers()) + " subscribers of one topic, 100-byte bodies, one publisher, " + Window.IN_FLIGHT
                + " messages in flight"
                + (this.batch ? "; clients that understand it ask for `batch:true`" : "; plain clients") + ".";
    }

    @Override
    public boolean suits(Peer peer) {
        return Load.super.suits(peer) && (!this.batch || peer.batch() || peer.name().equals(Peer.BASE));
    }

    @Override
    public Map<String, Double> run(Trial trial) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Swarm swarm = this.batch ? trial.swarm(100, "batch:true") : trial.swarm(100)) {
            Muster muster = trial.muster(swarm, trial.scale().subscribers(), (i) -> List.of(TOPIC), (i) -> 0);
            Window window = new Window(swarm, muster.publisher(), muster.subscribers(), TOPIC);
            window.start();
            swarm.run(Scale.nanos(trial.scale().warmUp()));
            long start = System.nanoTime();
            long before = window.delivered();
            Usage usage = trial.usage();
            swarm.run(Scale.nanos(trial.scale().measure()));
            long delivered = window.delivered() - before;
            figures.put("deliveries/s", delivered / ((System.nanoTime() - start) / 1e9));
            figures.put("server µs/delivery", usage.stop(figures) * 1e6 / delivered);
            window.stop();
            if (!swarm.await(() -> window.outstanding() == 0, DRAIN)) {
                throw new IOException(window.outstanding() + " deliveries are missing");
            }
        }
        return figures;
    }

}
