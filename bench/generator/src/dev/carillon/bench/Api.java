package dev.carillon.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What Carillon offers over HTTP. Any thread; waits for each answer, and fails when it is not a good one.
 *
 * @param base address of the server
 * @param login user and password with a colon between
 */
record Api(HttpClient client, String base, String login) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PAGE = 200;

    /** A message of the chat. */
    record Said(long id, String text) {

        private static Said of(Object message) {
            Map<?, ?> map = (Map<?, ?>) message;
            return new Said(((Double) map.get("id")).longValue(), map.get("text").toString());
        }

    }

    void create(String room) throws IOException {
        post("/api/rooms", "{\"name\":\"" + room + "\"}");
    }

    /** Writes into a room; the same key is stored once. */
    void say(String room, String text, String key) throws IOException {
        post("/api/rooms/" + room + "/messages", "{\"text\":\"" + text + "\",\"key\":\"" + key + "\"}");
    }

    /** Publishes a JSON list of messages and returns the answer to each. */
    List<?> publish(String messages) throws IOException {
        return (List<?>) Json.read(post("/api/publish", messages));
    }

    /** All that was said in a room after a message; 0 for everything. */
    List<Said> said(String room, long after) throws IOException {
        List<Said> said = new ArrayList<>();
        Object next = (double) after;
        while (next instanceof Double id) {
            Map<?, ?> page = (Map<?, ?>) Json.read(answer(request("/api/rooms/%s/messages?after=%.0f&limit=%d".formatted(room, id, PAGE))));
            ((List<?>) page.get("messages")).forEach((message) -> said.add(Said.of(message)));
            next = page.get("after");
        }
        return said;
    }

    private String post(String path, String json) throws IOException {
        String credentials = Base64.getEncoder().encodeToString(this.login.getBytes(StandardCharsets.UTF_8));
        return answer(request(path)
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(this.base + path)).timeout(PATIENCE);
    }

    private String answer(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IOException(response.statusCode() + " " + response.body());
            }
            return response.body();
        }
        catch (InterruptedException ex) {
            throw new IOException(ex);
        }
    }

}
