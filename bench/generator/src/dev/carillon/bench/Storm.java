package dev.carillon.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everybody comes at once, subscribes, and then stays idle. */
record Storm() implements Load {

    private static final String TOPIC = "/topic/bench.storm";

    private static final int REHEARSAL = 200;

    private static final double IDLE_SECONDS = 3;

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String description(Scale scale) {
        return Report.number(scale.sessions()) + " sessions connect and subscribe to one topic at once, then stay idle; " + REHEARSAL
                + " have come and gone before. Given up after " + scale.limit() + " s.";
    }

    @Override
    public Map<String, Double> run(Trial trial) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        gather(trial, REHEARSAL, null);
        double heap = trial.server().heapBytes();
        double rss = trial.server().rssBytes();
        gather(trial, trial.scale().sessions(), (subscribed, muster) -> {
            figures.put("seconds", muster.seconds());
            figures.put("subscribed", (double) subscribed);
            figures.put("refused", (double) trial.scale().sessions() - subscribed);
            figures.put("heap kB/session", (trial.server().heapBytes() - heap) / 1e3 / subscribed);
            figures.put("rss kB/session", (trial.server().rssBytes() - rss) / 1e3 / subscribed);
        });
        return figures;
    }

    private void gather(Trial trial, int sessions, Guest guest) throws IOException {
        try (Swarm swarm = trial.swarm(100)) {
            Muster muster = new Muster(swarm);
            swarm.mayEnd((connection) -> true);
            int subscribed = muster.gather(sessions, trial.peer().confirms(), (i) -> List.of(TOPIC), (i) -> 0,
                    Scale.nanos(trial.scale().limit()));
            if (guest != null) {
                swarm.run(Scale.nanos(IDLE_SECONDS));
                guest.look(subscribed, muster);
            }
        }
    }

    /** Looks at the server while all are there. */
    private interface Guest {

        void look(int subscribed, Muster muster) throws IOException;

    }

}
