package dev.carillon.bench;

import java.util.List;
import java.util.Locale;

/** What the project wants to reach in one figure of one load. */
record Target(String load, String figure, Measure measure, double reach) {

    static final String PROJECT = "carillon";

    static final List<Target> ALL = List.of(
            new Target("fanout", "deliveries/s", Measure.TIMES_BASE_AT_LEAST, 7),
            new Target("batch", "deliveries/s", Measure.TIMES_BASE_AT_LEAST, 20),
            new Target("paced", "p99 ms", Measure.TIMES_BASE_AT_MOST, 0.5),
            new Target("ticker", "p99 ms", Measure.TIMES_BASE_AT_MOST, 0.05),
            new Target("ticker", "server cores", Measure.TIMES_BASE_AT_MOST, 0.5),
            new Target("storm", "seconds", Measure.AT_MOST, 10), new Target("storm", "refused", Measure.AT_MOST, 0),
            new Target("storm", "heap kB/session", Measure.AT_MOST, 8),
            new Target("stalled", "p99 ratio", Measure.AT_MOST, 1.2),
            new Target("stalled", "heap growth MB", Measure.AT_MOST, 64),
            new Target("flood", "p99 ratio", Measure.AT_MOST, 1.5), new Target("flood", "nonsense p99 ratio", Measure.AT_MOST, 1.5),
            new Target("stocks", "deliveries/s", Measure.TIMES_BASE, Double.NaN),
            new Target("stocks", "p99 ms", Measure.TIMES_BASE, Double.NaN),
            new Target("stocks", "server cores", Measure.TIMES_BASE, Double.NaN));

    /** {@code TIMES_BASE} is a ratio to look at, with nothing to reach. */
    enum Measure {

        TIMES_BASE_AT_LEAST, TIMES_BASE_AT_MOST, TIMES_BASE, AT_MOST

    }

    /** Whether a figure of the load is compared with the base. */
    static boolean compares(String load) {
        return ALL.stream().anyMatch((each) -> each.load.equals(load) && each.measure != Measure.AT_MOST);
    }

    /** What is to be reached, in words. */
    String wanted() {
        String number = (this.reach == Math.rint(this.reach)) ? "%.0f".formatted(this.reach) : Double.toString(this.reach);
        return switch (this.measure) {
            case TIMES_BASE_AT_LEAST -> "≥ " + number + " × " + Peer.BASE;
            case TIMES_BASE_AT_MOST -> "≤ " + number + " × " + Peer.BASE;
            case TIMES_BASE -> "";
            case AT_MOST -> "≤ " + number;
        };
    }

    /** The measured figure or ratio, NaN when something was not measured. */
    double reached(Results results) {
        double own = results.median(this.load, PROJECT, this.figure);
        return (this.measure == Measure.AT_MOST) ? own : own / results.median(this.load, Peer.BASE, this.figure);
    }

    String verdict(double reached) {
        if (Double.isNaN(reached)) {
            return "not measured";
        }
        boolean met = (this.measure == Measure.TIMES_BASE_AT_LEAST) ? reached >= this.reach : reached <= this.reach;
        String ratio = (this.measure == Measure.AT_MOST) ? "" : " ×";
        return String.format(Locale.ROOT, "%s%s, %s", Report.number(reached), ratio, met ? "**yes**" : "no");
    }

}
