package dev.carillon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A peer that runs: its process, what it consumes, and its end. */
final class Server implements AutoCloseable {

    /** Units of /proc/PID/stat per second: USER_HZ, which is 100 on every Linux that runs Java. */
    static final double TICKS = 100;

    private static final long START_LIMIT = 90_000_000_000L;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private static final Duration JCMD_LIMIT = Duration.ofSeconds(30);

    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final Peer peer;

    private final ProcessBuilder command;

    private final int port;

    private final Path log;

    /** Where the server may write; gone after the trial. */
    private final Path scratch;

    private volatile Process process;

    /** Nothing is left behind when the benchmark is stopped in the middle. */
    private final Thread lastResort = new Thread(this::kill);

    private Server(Peer peer, ProcessBuilder command, int port, Path log, Path scratch) throws IOException {
        this.peer = peer;
        this.command = command;
        this.process = command.start();
        this.port = port;
        this.log = log;
        this.scratch = scratch;
        Runtime.getRuntime().addShutdownHook(this.lastResort);
    }

    /** Starts the peer on a free port, set up for a load, and waits until it accepts. */
    static Server start(Peer peer, Load load, int port, Path log) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("bench-" + peer.name() + "-");
        ProcessBuilder command = peer.command("start", Integer.toString(port), load.name());
        command.environment().put("BENCH_SCRATCH", scratch.toString());
        command.redirectErrorStream(true).redirectOutput(log.toFile());
        Server server = new Server(peer, command, port, log, scratch);
        server.awaitStart();
        return server;
    }

    private void awaitStart() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT;
        while (!accepts()) {
            if (this.process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                close();
                throw new IOException(this.peer.name() + " does not start, see " + this.log.getFileName());
            }
        }
    }

    /**
     * How a restart went.
     *
     * @param stopped seconds until the old process had ended
     * @param accepting seconds until the new one let clients in
     */
    record Restarted(double stopped, double accepting) {
    }

    /** Asks the process to stop, as operators do, and starts another one on the same port with what it has written. */
    Restarted restart() throws IOException, InterruptedException {
        long start = System.nanoTime();
        this.process.destroy();
        if (!this.process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(this.peer.name() + " does not stop");
        }
        long stopped = System.nanoTime();
        this.process = this.command.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile())).start();
        awaitStart();
        return new Restarted((stopped - start) / 1e9, (System.nanoTime() - start) / 1e9);
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", this.port), 1_000);
            return true;
        }
        catch (IOException ex) {
            return false;
        }
    }

    int port() {
        return this.port;
    }

    /** Processor time used so far by the process and its children, those that have ended included. */
    double cpuSeconds() {
        return processes().mapToDouble((each) -> cpuTicks(each, 4)).sum() / TICKS;
    }

    /** Processor time used so far by one process. */
    static double cpuSeconds(ProcessHandle process) {
        return cpuTicks(process, 2) / TICKS;
    }

    /** Adds up utime, stime and, of the children it has waited for, cutime and cstime: as many of them as wanted. */
    private static double cpuTicks(ProcessHandle process, int wanted) {
        String stat = read(process, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (fields.length < 15) ? 0 : Arrays.stream(fields, 11, 11 + wanted).mapToLong(Long::parseLong).sum();
    }

    /** Resident memory of the process and its children. */
    double rssBytes() {
        return processes().mapToDouble((each) -> {
            Matcher matcher = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(read(each, "status"));
            return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024.0 : 0;
        }).sum();
    }

    /** Heap in use after two collections, NaN where the peer cannot tell. */
    double heapBytes() throws IOException {
        return switch (this.peer.heap()) {
            case "jvm" -> {
                jcmd("GC.run");
                jcmd("GC.run");
                Matcher matcher = HISTOGRAM_TOTAL.matcher(jcmd("GC.class_histogram"));
                yield matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
            }
            case "http" -> {
                URI uri = URI.create("http://127.0.0.1:" + this.port + "/heap");
                try (var in = uri.toURL().openStream()) {
                    yield Double.parseDouble(new String(in.readAllBytes()));
                }
            }
            default -> Double.NaN;
        };
    }

    /** What the JVM answers, or nothing when it has not answered in time: one that is out of memory may never do so. */
    private String jcmd(String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path answer = Files.createTempFile("bench", ".txt");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(this.process.pid()), command)
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
        try {
            return process.waitFor(JCMD_LIMIT.toSeconds(), TimeUnit.SECONDS) ? Files.readString(answer) : "";
        }
        catch (InterruptedException ex) {
            throw new IOException(ex);
        }
        finally {
            process.destroyForcibly();
            Files.delete(answer);
        }
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants());
    }

    /** What the kernel tells about a process, or nothing when it has just ended. */
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        }
        catch (IOException ex) {
            return "";
        }
    }

    /** Whether the server has complained about a lack of memory. */
    boolean ranOutOfMemory() throws IOException {
        return Files.readString(this.log).contains("OutOfMemoryError");
    }

    private void kill() {
        processes().toList().forEach(ProcessHandle::destroyForcibly);
        clean();
    }

    /** A process on its way out may still write: then the rest stays, in the system's temporary directory. */
    private void clean() {
        try (Stream<Path> files = Files.walk(this.scratch)) {
            files.sorted(Comparator.reverseOrder()).forEach((each) -> each.toFile().delete());
        }
        catch (IOException | UncheckedIOException ex) {
            // gone already
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes().toList();
        this.process.destroy();
        try {
            this.process.waitFor(10, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        clean();
        Runtime.getRuntime().removeShutdownHook(this.lastResort);
    }

}
