// Rooms as topics: "sub" joins one and is acknowledged, "pub" emits to everybody in it.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer((request, response) => {
  globalThis.gc();
  response.end(String(process.memoryUsage().heapUsed));
});

const io = new Server(http);
io.on("connection", (socket) => {
  socket.on("sub", (topic, acknowledge) => {
    socket.join(topic);
    acknowledge();
  });
  socket.on("pub", (topic, body) => io.to(topic).emit(topic, body));
});

http.listen(Number(process.argv[2]), "127.0.0.1", 4096);
