package dev.carillon.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * People who write into rooms, each the next message when the last one is stored.
 *
 * <p>Nobody follows the rooms: storing is measured, not delivering. In the end the whole history is read, and every message
 * that was confirmed has to be in it once.
 */
record Chat() implements Load {

    private static final int ROOMS = 10;

    private static final int TEXT = 100;

    private static final long DRAIN = 20_000_000_000L;

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public String description(Scale scale) {
        return scale.senders() + " users write into " + ROOMS + " rooms that nobody follows, texts of " + TEXT
                + " characters, each user the next message when the RECEIPT of the last one has come. Latency is from SEND to "
                + "RECEIPT; `server cores` has those of the database in it.";
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.chats();
    }

    @Override
    public Map<String, Double> run(Trial trial) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            run(trial, new Api(client, "http://127.0.0.1:" + trial.server().port(), trial.peer().login(1)), figures);
        }
        return figures;
    }

    private static void run(Trial trial, Api api, Map<String, Double> figures) throws IOException {
        for (int i = 0; i < ROOMS; i++) {
            api.create(room(i));
        }
        try (Swarm swarm = trial.swarm(Body.SHORTEST)) {
            Map<Connection, Sender> senders = new HashMap<>();
            for (int i = 0; i < trial.scale().senders(); i++) {
                Connection connection = swarm.connect(trial.peer().dialect(i + 1, List.of()), List.of(), 0);
                senders.put(connection, new Sender(connection, i));
            }
            swarm.confirmations((connection) -> senders.get(connection).confirmed());
            if (!swarm.await(() -> senders.keySet().stream().allMatch(Connection::isGreeted),
                    Scale.nanos(trial.scale().limit()))) {
                throw new IOException("not everybody is signed in");
            }
            senders.values().forEach(Sender::send);
            swarm.run(Scale.nanos(trial.scale().warmUp()));

            Histogram latency = new Histogram();
            senders.values().forEach((each) -> each.latency = latency);
            long start = System.nanoTime();
            Usage usage = trial.usage();
            swarm.run(Scale.nanos(trial.scale().measure()));
            figures.put("messages/s", latency.total() / ((System.nanoTime() - start) / 1e9));
            figures.put("p50 ms", latency.millis(0.5));
            figures.put("p99 ms", latency.millis(0.99));
            figures.put("max ms", latency.millis(1));
            usage.stop(figures);

            senders.values().forEach((each) -> each.writing = false);
            if (!swarm.await(() -> senders.values().stream().allMatch((each) -> each.waitingFor == null), DRAIN)) {
                throw new IOException("receipts are missing");
            }
            figures.put("confirmed, not stored once", (double) missing(api, senders.values()));
        }
    }

    private static long missing(Api api, Iterable<Sender> senders) throws IOException {
        Set<String> stored = new HashSet<>();
        long twice = 0;
        for (int i = 0; i < ROOMS; i++) {
            for (Api.Said said : api.said(room(i), 0)) {
                twice += stored.add(said.text()) ? 0 : 1;
            }
        }
        long missing = 0;
        for (Sender sender : senders) {
            missing += sender.confirmed.stream().filter((text) -> !stored.contains(text)).count();
        }
        return missing + twice;
    }

    private static String room(int number) {
        return "bench-" + number;
    }

    /** One user, one message at a time. */
    private static final class Sender {

        private final Connection connection;

        private final int number;

        private final List<String> confirmed = new ArrayList<>();

        private Histogram latency = new Histogram();

        private String waitingFor;

        private long sentAt;

        private boolean writing = true;

        Sender(Connection connection, int number) {
            this.connection = connection;
            this.number = number;
        }

        void send() {
            String text = "message %d of user %d ".formatted(this.confirmed.size() + 1, this.number + 1);
            this.waitingFor = text + "x".repeat(TEXT - text.length());
            String body = "{\"text\":\"" + this.waitingFor + "\"}";
            this.sentAt = System.nanoTime();
            this.connection.send("SEND\ndestination:/app/chat." + room(this.number % ROOMS) + ".send\nreceipt:"
                    + this.confirmed.size() + "\ncontent-type:application/json\ncontent-length:" + body.length() + "\n\n" + body
                    + "\0");
        }

        void confirmed() {
            this.latency.record(System.nanoTime() - this.sentAt);
            this.confirmed.add(this.waitingFor);
            this.waitingFor = null;
            if (this.writing) {
                send();
            }
        }

    }

}
