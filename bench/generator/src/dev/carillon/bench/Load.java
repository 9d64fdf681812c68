package dev.carillon.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * One way of using a server, and what is measured while it is used so.
 *
 * <p>A load starts with a server that has just been started, and throws when a figure would not mean what its name says
 * (a subscriber was lost, deliveries are missing).
 */
interface Load {

    /** All loads in the order in which they run. Adding one takes a class, a line here and its lines in {@link Target}. */
    List<Load> ALL = List.of(new Fanout("fanout", false), new Fanout("batch", true), new Paced("paced", 1, 1, 100),
            new Paced("ticker", 200, 20, 1_000), new Storm(), new Stalled(), new Flood(),
            new Stocks(), new Chat(), new Restart());

    String name();

    /** What happens, in one sentence for the report. */
    String description(Scale scale);

    /** Whether it makes sense for this peer. */
    default boolean suits(Peer peer) {
        return !peer.chats() && !peer.keepsLogs();
    }

    /** Whether it runs when no loads are named. */
    default boolean isUsual() {
        return true;
    }

    /** Runs it and returns the figures by name; a name carries its unit. */
    Map<String, Double> run(Trial trial) throws IOException;

}
