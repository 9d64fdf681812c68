package dev.carillon.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything one run has measured.
 *
 * @param about date, command, scale and machine
 * @param peers traits of each peer
 * @param outcomes one per trial
 */
record Results(Map<String, Object> about, Map<String, Object> peers, List<Outcome> outcomes) {

    /** Figures of one trial by name, or why there are none, and how many seconds all of it took. */
    record Outcome(String load, String peer, int round, double seconds, Map<String, Double> figures, String failure) {

        private Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("load", this.load);
            json.put("peer", this.peer);
            json.put("round", this.round);
            json.put("seconds", this.seconds);
            json.put("figures", this.figures);
            json.put("failure", this.failure);
            return json;
        }

        @SuppressWarnings("unchecked")
        private static Outcome fromJson(Map<String, Object> json) {
            Map<String, Double> figures = (Map<String, Double>) json.get("figures");
            figures.replaceAll((name, value) -> (value != null) ? value : Double.NaN);
            return new Outcome((String) json.get("load"), (String) json.get("peer"), ((Double) json.get("round")).intValue(),
                    (Double) json.getOrDefault("seconds", Double.NaN), figures, (String) json.get("failure"));
        }

    }

    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("about", this.about);
        json.put("peers", this.peers);
        json.put("outcomes", this.outcomes.stream().map(Outcome::toJson).toList());
        return Json.write(json);
    }

    @SuppressWarnings("unchecked")
    static Results fromJson(String text) {
        Map<String, Object> json = (Map<String, Object>) Json.read(text);
        List<Outcome> outcomes = new ArrayList<>();
        ((List<Object>) json.get("outcomes")).forEach((each) -> outcomes.add(Outcome.fromJson((Map<String, Object>) each)));
        return new Results((Map<String, Object>) json.get("about"), (Map<String, Object>) json.get("peers"), outcomes);
    }

    /** The command line of the run. */
    String[] arguments() {
        if (this.about.get("arguments") instanceof List<?> arguments) {
            return arguments.stream().map(Object::toString).toArray(String[]::new);
        }
        throw new IllegalArgumentException("The file does not say how the run was begun");
    }

    /** How long all trials took together. */
    double minutes() {
        return this.outcomes.stream().mapToDouble(Outcome::seconds).sum() / 60;
    }

    /** How many trials were planned and not made. */
    int open() {
        return (this.about.get("trials") instanceof Number trials) ? trials.intValue() - this.outcomes.size() : 0;
    }

    boolean has(Plan.Step step) {
        return this.outcomes.stream()
            .anyMatch((each) -> each.load.equals(step.load().name()) && each.peer.equals(step.peer().name())
                    && each.round == step.round());
    }

    /** How many trials of a peer went well. */
    long rounds(String load, String peer) {
        return of(load).stream().filter((each) -> each.peer.equals(peer) && !each.figures.isEmpty()).count();
    }

    /** The values of one figure over all rounds that succeeded, in ascending order. */
    double[] values(String load, String peer, String figure) {
        return of(load).stream()
            .filter((each) -> each.peer.equals(peer) && each.figures.containsKey(figure))
            .mapToDouble((each) -> each.figures.get(figure))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    }

    double median(String load, String peer, String figure) {
        double[] values = values(load, peer, figure);
        int middle = values.length / 2;
        return switch (values.length) {
            case 0 -> Double.NaN;
            default -> (values.length % 2 == 1) ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        };
    }

    List<Outcome> of(String load) {
        return this.outcomes.stream().filter((each) -> each.load.equals(load)).toList();
    }

    Set<String> peersOf(String load) {
        Set<String> names = new LinkedHashSet<>();
        of(load).forEach((each) -> names.add(each.peer));
        return names;
    }

    Set<String> figuresOf(String load) {
        Set<String> names = new LinkedHashSet<>();
        of(load).forEach((each) -> names.addAll(each.figures.keySet()));
        return names;
    }

}
