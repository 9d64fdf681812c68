package dev.carillon.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * A single instance is stopped and started again while everybody is there and messages flow.
 *
 * <p>What was taken and has not come to a follower in the end, by the topic or by the history of the room, is lost. Latency is
 * that of messages to those who are there: what was published while somebody was away does not count.
 */
record Restart() implements Load {

    private static final int SESSIONS = 5_000;

    private static final int TOPICS = 50;

    private static final String ROOM = "general";

    /** One of those that the peers are set up with for this load. */
    private static final String LOGIN = "sender-001:sender";

    /** Until everybody is back, and until the last message has come. */
    private static final double LIMIT_SECONDS = 180;

    private static final double SETTLE_SECONDS = 20;

    private static final double QUIET_SECONDS = 1;

    /** So long messages go on after everybody is back. */
    private static final double AFTER_SECONDS = 3;

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String description(Scale scale) {
        return Report.number(sessions(scale)) + " sessions follow a room of the chat (" + Feeder.SAID_PER_SECOND
                + " messages/s) and one of " + TOPICS + " live topics each (" + Feeder.PUBLISHED_PER_SECOND
                + " messages/s together), all of it sent over HTTP. Then the process gets SIGTERM and is started again. Clients come back "
                + "when the hint says so and wait as Carillon's own client does. Seconds count from SIGTERM.";
    }

    private static int sessions(Scale scale) {
        return Math.min(SESSIONS, scale.sessions());
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.isOwn() && !peer.chats();
    }

    /** It takes a minute and says nothing of the others. */
    @Override
    public boolean isUsual() {
        return false;
    }

    @Override
    public Map<String, Double> run(Trial trial) throws IOException {
        List<String> topics = IntStream.range(0, TOPICS).mapToObj("/topic/bench.live-%02d"::formatted).toList();
        try (HttpClient client = HttpClient.newHttpClient(); Swarm swarm = trial.swarm(Body.SHORTEST)) {
            Api api = new Api(client, "http://127.0.0.1:" + trial.server().port(), LOGIN);
            try (Crowd crowd = new Crowd(swarm, (Stomp) trial.dialect(), api, ROOM)) {
                for (int i = 0; i < sessions(trial.scale()); i++) {
                    crowd.add(topics.get(i % TOPICS));
                }
                if (!crowd.await(crowd::isComplete, Scale.nanos(trial.scale().limit()))) {
                    throw new IOException("not everybody is subscribed");
                }
                try (Feeder feeder = new Feeder(api, ROOM, topics, new Body(100), new Body(Body.SHORTEST))) {
                    return run(trial, crowd, feeder);
                }
            }
        }
    }

    private static Map<String, Double> run(Trial trial, Crowd crowd, Feeder feeder) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        crowd.await(() -> false, Scale.nanos(trial.scale().warmUp()));
        Histogram before = new Histogram();
        crowd.latency(before);
        Usage usage = trial.usage();
        crowd.await(() -> false, Scale.nanos(trial.scale().measure()));

        Histogram during = new Histogram();
        crowd.latency(during);
        Map<String, Double> quiet = new LinkedHashMap<>();
        usage.stop(quiet);
        crowd.all().forEach(Follower::listen);
        long start = System.nanoTime();
        CompletableFuture<Server.Restarted> restart = CompletableFuture.supplyAsync(() -> restart(trial.server()));
        boolean back = crowd.await(() -> restart.isDone() && crowd.isBack(), Scale.nanos(LIMIT_SECONDS));
        Server.Restarted restarted = restart.join();
        if (!back) {
            throw new IOException("not everybody is back");
        }
        crowd.await(() -> false, Scale.nanos(AFTER_SECONDS));
        feeder.close();
        crowd.settle(Scale.nanos(QUIET_SECONDS), Scale.nanos(SETTLE_SECONDS));

        lost(crowd, feeder, figures);
        figures.put("stopped s", restarted.stopped());
        figures.put("accepting s", restarted.accepting());
        figures.put("first back s", back(crowd, start, 0));
        figures.put("p50 back s", back(crowd, start, 0.5));
        figures.put("p99 back s", back(crowd, start, 0.99));
        figures.put("last back s", back(crowd, start, 1));
        figures.put("attempts too early", (double) crowd.all().stream().mapToInt(Follower::failures).sum());
        figures.put("p50 silence s", Crowd.seconds(crowd.all().stream().mapToLong(Follower::silence), 0.5));
        figures.put("longest silence s", Crowd.seconds(crowd.all().stream().mapToLong(Follower::silence), 1));
        figures.put("p99 ms before", before.millis(0.99));
        figures.put("p99 ms", during.millis(0.99));
        figures.put("max ms", during.millis(1));
        figures.putAll(quiet);
        return figures;
    }

    private static Server.Restarted restart(Server server) {
        try {
            return server.restart();
        }
        catch (IOException | InterruptedException ex) {
            throw new CompletionException(ex);
        }
    }

    private static double back(Crowd crowd, long start, double share) {
        return Crowd.seconds(crowd.all().stream().mapToLong((each) -> each.backAt() - start), share);
    }

    /** Counts once for each follower who has not had a message that was taken. */
    private static void lost(Crowd crowd, Feeder feeder, Map<String, Double> figures) {
        long live = 0;
        long came = 0;
        long untold = 0;
        for (Follower follower : crowd.all()) {
            Trail trail = follower.trail(Follower.TOPIC);
            long missing = trail.missing(feeder.heads(trail.topic()));
            live += missing;
            came += trail.count();
            untold += trail.untold() + ((trail.lost() == 0) ? missing : 0) + follower.trail(Follower.ROOM).untold();
        }
        figures.put("chat lost", (double) crowd.all().stream().mapToInt((each) -> each.unknown(feeder.said())).sum());
        figures.put("live lost", (double) live);
        figures.put("live lost %", 100.0 * live / (live + came));
        figures.put("lost, not told", (double) untold);
        figures.put("told of a loss", (double) crowd.all().stream().filter((each) -> each.trail(Follower.TOPIC).lost() > 0).count());
        figures.put("cut without a word", (double) crowd.all().stream().mapToInt(Follower::cuts).sum());
        figures.put("not taken", (double) feeder.refused());
    }

}
