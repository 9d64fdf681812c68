package dev.carillon.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param arguments the command line itself
 * @param rounds of the project's own trials, and of those it is compared with; see {@link Plan}
 * @param only names of loads, empty for all usual ones
 * @param document results to render, null to measure
 * @param unfinished results to go on with, null to begin anew
 */
record Options(List<String> arguments, Scale scale, int rounds, List<String> only, List<String> peers, boolean selfTest,
        Path document, Path unfinished) {

    static final String USAGE = """
            bench/run [--quick] [--only LOAD,…] [--peers PEER,…] [--rounds N] [--stall SECONDS]
            bench/run --continue RESULTS.json
            bench/run --self-test
            bench/run --document RESULTS.json

            loads: fanout, batch, paced, ticker, storm (with idle), stalled, flood, stocks, chat; restart only when it is named
            peers: carillon, simple-broker, ws, socket.io, rabbitmq, artemis; of the chat carillon-h2, carillon-postgresql;
                of restart carillon, carillon-snapshot""";

    static Options parse(String... arguments) {
        Scale scale = Scale.FULL;
        int rounds = 0;
        int stall = 0;
        List<String> only = List.of();
        List<String> peers = List.of("carillon", "simple-broker", "ws", "socket.io", "rabbitmq", "artemis",
                "carillon-h2", "carillon-postgresql", "carillon-snapshot");
        boolean selfTest = false;
        Path document = null;
        Path unfinished = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> scale = Scale.QUICK;
                case "--self-test" -> selfTest = true;
                case "--only" -> only = List.of(value(arguments, ++i).replace("idle", "storm").split(","));
                case "--peers" -> peers = List.of(value(arguments, ++i).split(","));
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--stall" -> stall = Integer.parseInt(value(arguments, ++i));
                case "--document" -> document = Path.of(value(arguments, ++i));
                case "--continue" -> unfinished = Path.of(value(arguments, ++i));
                default -> throw new IllegalArgumentException("unknown: " + arguments[i]);
            }
        }
        if (unfinished != null && arguments.length > 2) {
            throw new IllegalArgumentException("--continue goes on as the run was begun and takes no other options");
        }
        for (String name : only) {
            if (Load.ALL.stream().noneMatch((load) -> load.name().equals(name))) {
                throw new IllegalArgumentException("no such load: " + name);
            }
        }
        if (rounds == 0) {
            rounds = (scale == Scale.QUICK) ? 1 : 3;
        }
        return new Options(List.of(arguments), (stall > 0) ? scale.stalling(stall) : scale, rounds, only, peers, selfTest,
                document, unfinished);
    }

    private static String value(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new IllegalArgumentException("a value is missing after " + arguments[index - 1]);
        }
        return arguments[index];
    }

    String command() {
        return ("bench/run " + String.join(" ", this.arguments)).strip();
    }

    boolean wants(Load load) {
        return this.only.isEmpty() ? load.isUsual() : this.only.contains(load.name());
    }

}
