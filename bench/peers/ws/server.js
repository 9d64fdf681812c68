// A topic server in the fewest lines, as one writes it with ws:
// "sub TOPIC" is answered by "ok TOPIC", "pub TOPIC BODY" reaches subscribers as "msg TOPIC BODY".
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const topics = new Map();

const http = createServer((request, response) => {
  globalThis.gc();
  response.end(String(process.memoryUsage().heapUsed));
});

new WebSocketServer({ server: http }).on("connection", (socket) => {
  const mine = new Set();
  socket.on("error", () => {});
  socket.on("message", (data) => {
    const [verb, topic] = data.toString().split(" ", 2);
    if (verb === "sub") {
      if (!topics.has(topic)) {
        topics.set(topic, new Set());
      }
      topics.get(topic).add(socket);
      mine.add(topic);
      socket.send(`ok ${topic}`);
    } else if (verb === "pub") {
      const message = `msg${data.toString().slice(3)}`;
      for (const subscriber of topics.get(topic) ?? []) {
        subscriber.send(message);
      }
    }
  });
  socket.on("close", () => mine.forEach((topic) => topics.get(topic).delete(socket)));
});

http.listen(Number(process.argv[2]), "127.0.0.1", 4096);
