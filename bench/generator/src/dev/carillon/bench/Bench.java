package dev.carillon.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command: runs loads on peers, prints the tables, and writes the results.
 *
 * <p>Within a load the peers take turns (a b c, a b c, …), each time freshly started, so that a slow minute of a shared
 * machine hits all of them. One failed trial is noted and does not end the run.
 */
final class Bench {

    private static final DateTimeFormatter FILE_NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private final Path home;

    private final Options options;

    private int port = 18_000;

    private Bench(Path home, Options options) {
        this.home = home;
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(System.getProperty("bench.home"));
        Options options;
        try {
            options = Options.parse(arguments);
        }
        catch (IllegalArgumentException ex) {
            System.err.println(ex.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        if (options.selfTest()) {
            System.out.print(SelfTest.run());
        }
        else if (options.document() != null) {
            Results results = Results.fromJson(Files.readString(options.document()));
            Path document = home.resolve("../docs/benchmarks.md").normalize();
            Files.createDirectories(document.getParent());
            Files.writeString(document, new Report(results).document());
            System.out.println("written: docs/benchmarks.md");
        }
        else {
            new Bench(home, options).run();
        }
    }

    private void run() throws Exception {
        Results results = new Results(about(), new LinkedHashMap<>(), new ArrayList<>());
        List<Peer> peers = prepare(results);
        Path file = this.home.resolve("results").resolve(LocalDateTime.now().format(FILE_NAME) + ".json");
        Files.createDirectories(file.getParent());
        for (Load load : Load.ALL) {
            if (this.options.wants(load)) {
                for (int round = 1; round <= this.options.rounds(); round++) {
                    for (Peer peer : peers) {
                        if (load.suits(peer)) {
                            results.outcomes().add(trial(load, peer, round));
                            Files.writeString(file, results.toJson());
                        }
                    }
                }
            }
        }
        Report report = new Report(results);
        System.out.println(report.loads() + "\n### to reach\n\n" + report.targets());
        System.out.println("raw figures: bench/results/" + file.getFileName());
    }

    private Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("date", LocalDateTime.now().truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' '));
        about.put("command", this.options.command());
        about.put("rounds", this.options.rounds());
        about.put("scale", this.options.scale().toString());
        about.put("machine", Machine.describe());
        Map<String, String> loads = new LinkedHashMap<>();
        Load.ALL.forEach((load) -> loads.put(load.name(), load.description(this.options.scale())));
        about.put("loads", loads);
        return about;
    }

    private List<Peer> prepare(Results results) throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>();
        for (String name : this.options.peers()) {
            try {
                Peer peer = Peer.prepare(this.home.resolve("peers"), name);
                results.peers().put(name, peer.traits());
                peers.add(peer);
                System.out.println(name + ": " + peer.traits().get("version"));
            }
            catch (Peer.Absent ex) {
                System.out.println(name + " does not take part, " + ex.getMessage());
            }
        }
        return peers;
    }

    private Results.Outcome trial(Load load, Peer peer, int round) throws InterruptedException {
        Path log = this.home.resolve("generator/target/" + peer.name() + ".log");
        System.out.print(load.name() + " " + round + " " + peer.name() + ": ");
        System.out.flush();
        Map<String, Double> figures = Map.of();
        String failure = null;
        try (Server server = Server.start(peer, load, freePort(), log)) {
            try {
                figures = load.run(new Trial(peer, server, this.options.scale()));
            }
            finally {
                failure = server.ranOutOfMemory() ? "the server ran out of memory" : null;
            }
        }
        catch (IOException | RuntimeException ex) {
            failure = (failure != null) ? failure + ", " + ex.getMessage() : ex.getMessage();
        }
        List<String> words = new ArrayList<>();
        figures.forEach((name, value) -> words.add(name + " " + Report.number(value)));
        System.out.println(((failure != null) ? "trouble: " + failure + " " : "") + String.join(", ", words));
        return new Results.Outcome(load.name(), peer.name(), round, figures, failure);
    }

    /** A new port each time, below the range from which the system takes the clients' ports. */
    private int freePort() throws IOException {
        while (true) {
            try (ServerSocket probe = new ServerSocket(this.port++, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            }
            catch (java.net.BindException ex) {
                if (this.port > 32_000) {
                    throw ex;
                }
            }
        }
    }

}
