package dev.carillon.bench;

import java.util.Map;

/**
 * Processor time since a moment, in cores: the server's, this process's, and everybody else's.
 *
 * <p>The last one tells whether the machine was quiet.
 */
final class Usage {

    static final String OTHERS = "other cores";

    private final Server server;

    private final long start = System.nanoTime();

    private final double serverStart;

    private final double ownStart = Server.cpuSeconds(ProcessHandle.current());

    private final double busyStart = Machine.busySeconds();

    Usage(Server server) {
        this.server = server;
        this.serverStart = server.cpuSeconds();
    }

    /** Adds the figures and returns the seconds of processor time that the server used. */
    double stop(Map<String, Double> figures) {
        double seconds = (System.nanoTime() - this.start) / 1e9;
        double used = this.server.cpuSeconds() - this.serverStart;
        double own = Server.cpuSeconds(ProcessHandle.current()) - this.ownStart;
        double others = Machine.busySeconds() - this.busyStart - used - own;
        figures.put("server cores", used / seconds);
        figures.put("generator cores", own / seconds);
        figures.put(OTHERS, Math.max(0, others / seconds));
        return used;
    }

}
