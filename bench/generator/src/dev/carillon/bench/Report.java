package dev.carillon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as Markdown: the tables that the command prints and the document that the project shows. */
final class Report {

    /** Cores that other processes may use before the figures are doubted. */
    private static final double QUIET = 0.1;

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    String document() {
        StringBuilder out = new StringBuilder("# Benchmarks\n\n");
        Map<String, Object> about = this.results.about();
        out.append("The last run, measured ").append(about.get("date")).append(continued()).append(" by `").append(about.get("command"))
            .append("`. This page is written by `bench/run --document`; how the figures come about, and what they do not say, ")
            .append("is in [bench/README.md](../bench/README.md).\n\n").append(interruption()).append("## To reach\n\n").append(targets())
            .append("\n## Machine and versions\n\n");
        List<List<String>> machine = new ArrayList<>(List.of(List.of("", "")));
        ((Map<?, ?>) about.get("machine")).forEach((key, value) -> machine.add(List.of(key.toString(), plain(value))));
        out.append(table(machine)).append('\n');
        List<List<String>> peers = new ArrayList<>(List.of(List.of("peer", "version", "options")));
        this.results.peers().forEach((name, traits) -> {
            Map<?, ?> map = (Map<?, ?>) traits;
            peers.add(List.of(name, plain(map.get("version")), plain(map.get("options"))));
        });
        return out.append(table(peers)).append("\n## Loads\n\n").append(rounds()).append(loads()).toString();
    }

    private String continued() {
        return (this.results.about().get("continued") instanceof List<?> moments)
                ? moments.stream().map(Object::toString).collect(Collectors.joining(", ", " (continued ", ")")) : "";
    }

    private String rounds() {
        String rounds = plain(this.results.about().get("rounds"));
        if (rounds.equals("1")) {
            return "Each figure is of a single trial: it says how large something is and nothing of how much it varies.\n";
        }
        return "Carillon is tried " + rounds + " times, and so is " + Peer.BASE + " where it is the measure of something; the figure is "
                + "the median, and where two rounds differ by more than a tenth, the range follows in parentheses. Everybody "
                + "else is tried once, which says how large a figure is and nothing of how much it varies.\n";
    }

    private String interruption() {
        int open = this.results.open();
        return (open <= 0) ? "" : "The run was interrupted: " + open + " trials are missing.\n\n";
    }

    /** One table per load. */
    String loads() {
        StringBuilder out = new StringBuilder();
        for (Load load : Load.ALL) {
            if (!this.results.of(load.name()).isEmpty()) {
                Object description = ((Map<?, ?>) this.results.about().get("loads")).get(load.name());
                out.append("\n### ").append(load.name()).append("\n\n").append(description).append("\n\n")
                    .append(table(rows(load.name()))).append(noise(this.results.of(load.name()))).append(failures(load.name()));
            }
        }
        return out.toString();
    }

    String targets() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("load", "figure", "to reach", "reached")));
        for (Target target : Target.ALL) {
            if (target.measure() != Target.Measure.TIMES_BASE) {
                rows.add(List.of(target.load(), target.figure(), target.wanted(),
                        target.verdict(target.reached(this.results))));
            }
        }
        return table(rows) + noise(this.results.outcomes());
    }

    private List<List<String>> rows(String load) {
        List<Target> ratios = Target.ALL.stream()
            .filter((each) -> each.load().equals(load) && each.measure() != Target.Measure.AT_MOST)
            .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("peer", "rounds"));
        head.addAll(this.results.figuresOf(load));
        ratios.forEach((each) -> head.add(each.figure() + " × " + Peer.BASE));
        rows.add(head);
        for (String peer : this.results.peersOf(load)) {
            List<String> row = new ArrayList<>(List.of(peer, Long.toString(this.results.rounds(load, peer))));
            this.results.figuresOf(load).forEach((figure) -> row.add(spread(this.results.values(load, peer, figure),
                    this.results.median(load, peer, figure))));
            ratios.forEach((each) -> row.add(number(this.results.median(load, peer, each.figure())
                    / this.results.median(load, Peer.BASE, each.figure()))));
            rows.add(row);
        }
        return rows;
    }

    /** A warning where other processes took part of the machine. */
    private static String noise(List<Results.Outcome> trials) {
        double[] others = trials.stream()
            .mapToDouble((each) -> each.figures().getOrDefault(Usage.OTHERS, 0.0))
            .filter((each) -> each > QUIET)
            .sorted()
            .toArray();
        return (others.length == 0) ? ""
                : "\nThe machine was not quiet: in %d of %d trials other processes used up to %s cores. Do not rely on these figures.\n"
                    .formatted(others.length, trials.size(), number(others[others.length - 1]));
    }

    private String failures(String load) {
        return this.results.of(load).stream()
            .filter((each) -> each.failure() != null)
            .map((each) -> "\n- " + each.peer() + ", round " + each.round() + ": " + each.failure() + "\n")
            .collect(Collectors.joining());
    }

    private static String spread(double[] values, double median) {
        boolean wide = values.length > 1 && values[values.length - 1] - values[0] > 0.1 * Math.abs(median);
        return number(median) + (wide ? " (" + number(values[0]) + "–" + number(values[values.length - 1]) + ")" : "");
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "–";
        }
        String format = (size >= 100 || value == Math.rint(value)) ? "%,.0f" : (size >= 10) ? "%.1f" : (size >= 0.1) ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    static String plain(Object value) {
        return switch (value) {
            case null -> "–";
            case Double number -> number(number);
            default -> value.toString();
        };
    }

    /** A Markdown table whose columns also line up as plain text. */
    private static String table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach((row) -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(Math.max(widths[i], 3), row.get(i).length());
            }
        });
        StringBuilder out = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                out.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
            }
            out.append("|\n");
            if (r == 0) {
                for (int width : widths) {
                    out.append("|").append("-".repeat(width + 2));
                }
                out.append("|\n");
            }
        }
        return out.toString();
    }

}
