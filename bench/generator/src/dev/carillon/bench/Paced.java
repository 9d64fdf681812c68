package dev.carillon.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Messages at a fixed rate, spread over topics; every subscriber has some of them. */
record Paced(String name, int topics, int topicsEach, int perSecond) implements Load {

    @Override
    public String description(Scale scale) {
        return Report.number(scale.subscribers()) + " subscribers"
                + ((this.topics == 1) ? " of one topic" : " of " + this.topicsEach + " out of " + this.topics + " topics each")
                + ", 100-byte bodies, one publisher, " + Report.number(this.perSecond) + " messages/s, "
                + Report.number((double) scale.subscribers() * this.topicsEach / this.topics * this.perSecond)
                + " deliveries/s.";
    }

    @Override
    public Map<String, Double> run(Trial trial) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        List<String> all = IntStream.range(0, this.topics).mapToObj("/topic/bench.%03d"::formatted).toList();
        long receivers = (long) trial.scale().subscribers() * this.topicsEach / this.topics;
        try (Swarm swarm = trial.swarm(100)) {
            Muster muster = trial.muster(swarm, trial.scale().subscribers(), (i) -> some(all, i), (i) -> 0);
            Pace warmUp = pace(swarm, muster, all);
            warmUp.run(Scale.nanos(trial.scale().warmUp()));
            warmUp.drain(receivers);
            Pace pace = pace(swarm, muster, all);
            Usage usage = trial.usage();
            pace.run(Scale.nanos(trial.scale().measure()));
            usage.stop(figures);
            figures.put("missing", (double) pace.drain(receivers));
            figures.put("p50 ms", pace.latency().millis(0.5));
            figures.put("p99 ms", pace.latency().millis(0.99));
            figures.put("max ms", pace.latency().millis(1));
            figures.put("publisher late p99 ms", pace.lateness().millis(0.99));
        }
        return figures;
    }

    /** A stride through the topics that gives every topic the same number of subscribers. */
    private List<String> some(List<String> all, int subscriber) {
        int stride = this.topics / this.topicsEach;
        return IntStream.range(0, this.topicsEach)
            .mapToObj((i) -> all.get((subscriber + i * stride) % this.topics))
            .toList();
    }

    private Pace pace(Swarm swarm, Muster muster, List<String> all) {
        Pace pace = new Pace(swarm, this.perSecond, (n) -> muster.publisher()
            .publish(all.get((int) (n % this.topics)), swarm.body().stamped(System.nanoTime())));
        swarm.tally((_, in, _, bodyEnd, now) -> pace.message(in, bodyEnd, now));
        return pace;
    }

}
