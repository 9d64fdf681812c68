package dev.carillon.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command: runs loads on peers, prints the tables, and writes the results.
 *
 * <p>Each trial has a server freshly started. The results are saved after each of them, so that a run that was interrupted
 * can be continued or shown as it is. One failed trial is noted and does not end the run.
 */
final class Bench {

    private static final DateTimeFormatter FILE_NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private final Path home;

    private final Options options;

    private int port = 18_000;

    /** Somebody stops the run: what fails now says nothing about a server. */
    private volatile boolean stopping;

    private Bench(Path home, Options options) {
        this.home = home;
        this.options = options;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> this.stopping = true));
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(System.getProperty("bench.home"));
        try {
            run(home, Options.parse(arguments));
        }
        catch (IllegalArgumentException ex) {
            System.err.println(ex.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
        }
    }

    private static void run(Path home, Options options) throws Exception {
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
        else if (options.unfinished() != null) {
            Results results = Results.fromJson(Files.readString(options.unfinished()));
            new Bench(home, Options.parse(results.arguments())).resume(results, options.unfinished());
        }
        else {
            new Bench(home, options).begin();
        }
    }

    private void begin() throws Exception {
        Results results = new Results(about(), new LinkedHashMap<>(), new ArrayList<>());
        Plan plan = Plan.of(this.options, prepare());
        plan.peers().forEach((peer) -> results.peers().put(peer.name(), peer.traits()));
        Path file = this.home.resolve("results").resolve(LocalDateTime.now().format(FILE_NAME) + ".json");
        Files.createDirectories(file.getParent());
        measure(plan, results, file);
    }

    /** Makes the trials that are missing, if the machine and those who took part are still the same. */
    private void resume(Results results, Path file) throws Exception {
        if (!Machine.isSame(results.about().get("machine"))) {
            throw new IllegalArgumentException("This is another machine than the run began on");
        }
        List<Peer> peers = prepare();
        peers.removeIf((peer) -> !results.peers().containsKey(peer.name()));
        for (Peer peer : peers) {
            if (!peer.traits().equals(results.peers().get(peer.name()))) {
                throw new IllegalArgumentException(peer.name() + " is not what it was when the run began, which was "
                        + results.peers().get(peer.name()));
            }
        }
        results.about().merge("continued", List.of(now()),
                (before, more) -> Stream.concat(((List<?>) before).stream(), ((List<?>) more).stream()).toList());
        measure(Plan.of(this.options, peers), results, file);
    }

    private void measure(Plan plan, Results results, Path file) throws Exception {
        results.about().putIfAbsent("trials", plan.steps().size());
        for (Plan.Step step : plan.steps()) {
            if (!results.has(step)) {
                Results.Outcome outcome = trial(step.load(), step.peer(), step.round());
                if (this.stopping) {
                    return;
                }
                results.outcomes().add(outcome);
                save(results, file);
            }
        }
        Report report = new Report(results);
        System.out.println(report.loads() + "\n### to reach\n\n" + report.targets());
        System.out.println("raw figures: bench/results/" + file.getFileName() + ", " + Report.number(results.minutes()) + " minutes");
    }

    /** Never leaves half a file behind. */
    private static void save(Results results, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, results.toJson());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("date", now());
        about.put("command", this.options.command());
        about.put("arguments", this.options.arguments());
        about.put("rounds", this.options.rounds());
        about.put("scale", this.options.scale().toString());
        about.put("machine", Machine.describe());
        Map<String, String> loads = new LinkedHashMap<>();
        Load.ALL.forEach((load) -> loads.put(load.name(), load.description(this.options.scale())));
        about.put("loads", loads);
        return about;
    }

    private static String now() {
        return LocalDateTime.now().truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' ');
    }

    private List<Peer> prepare() throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>();
        for (String name : this.options.peers()) {
            try {
                Peer peer = Peer.prepare(this.home.resolve("peers"), name);
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
        long start = System.nanoTime();
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
        return new Results.Outcome(load.name(), peer.name(), round, (System.nanoTime() - start) / 1e9, figures, failure);
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
