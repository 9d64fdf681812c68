package dev.carillon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server that takes part.
 *
 * <p>All that is particular to it is in the script {@code peers/NAME/peer}, which understands {@code available},
 * {@code build}, {@code describe} and {@code start PORT LOAD}; what it writes belongs into the directory
 * {@code BENCH_SCRATCH}, which is gone after the trial. {@code describe} prints {@code key=value} lines:
 * {@code version}, {@code options}, {@code dialect} (stomp, ws, socket.io), {@code path}, and where they differ from the
 * default {@code host}, {@code login} (user and passcode with a colon between; {@code %03d} is the number of the user),
 * {@code confirms} (false: a SUBSCRIBE is not answered), {@code batch} (true), {@code heap} (jvm, http, none),
 * {@code chat} (true: takes part in that load and in no other) and {@code snapshot} (true: the same of {@code restart}).
 */
record Peer(String name, Path script, Map<String, String> traits) {

    /** The peer that all others are compared with. */
    static final String BASE = "simple-broker";

    /** Builds the peer and asks it for its traits, or says why it cannot take part. */
    static Peer prepare(Path peers, String name) throws IOException, InterruptedException, Absent {
        Peer bare = new Peer(name, peers.resolve(name).resolve("peer"), Map.of());
        if (!Files.isExecutable(bare.script)) {
            throw new Absent("there is no such peer");
        }
        bare.output("available");
        bare.output("build");
        Map<String, String> traits = new TreeMap<>();
        bare.output("describe").lines().filter((line) -> line.contains("=")).forEach((line) -> {
            String[] pair = line.split("=", 2);
            traits.put(pair[0], pair[1]);
        });
        return new Peer(name, bare.script, traits);
    }

    private String output(String verb) throws IOException, InterruptedException, Absent {
        Process process = command(verb).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new Absent(verb + ": " + output.strip());
        }
        return output;
    }

    ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(this.script.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(this.script.getParent().toFile());
    }

    /** What a user speaks who asks for these extras. */
    Dialect dialect(int user, List<String> wishes) {
        String path = this.traits.get("path");
        return switch (this.traits.get("dialect")) {
            case "stomp" -> new Stomp(path, this.traits.getOrDefault("host", "localhost"),
                    login(user), wishes);
            case "ws" -> new PlainWs(path);
            case "socket.io" -> new SocketIo(path);
            default -> throw new IllegalStateException("unknown dialect of " + this.name);
        };
    }

    /** User and passcode with a colon between, or empty. */
    String login(int user) {
        return this.traits.getOrDefault("login", "").formatted(user);
    }

    boolean confirms() {
        return !this.traits.getOrDefault("confirms", "true").equals("false");
    }

    boolean batch() {
        return this.traits.getOrDefault("batch", "false").equals("true");
    }

    boolean chats() {
        return this.traits.getOrDefault("chat", "false").equals("true");
    }

    /** Whether its logs outlive the process. */
    boolean keepsLogs() {
        return this.traits.getOrDefault("snapshot", "false").equals("true");
    }

    /** Whether it is the project itself, on whatever it runs. */
    boolean isOwn() {
        return this.name.startsWith(Target.PROJECT);
    }

    String heap() {
        return this.traits.getOrDefault("heap", "none");
    }

    /** Why a peer does not take part. */
    static final class Absent extends Exception {

        private static final long serialVersionUID = 1L;

        Absent(String message) {
            super(message);
        }

    }

}
