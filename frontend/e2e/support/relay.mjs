import { connect, createServer } from 'node:net';

/**
 * Passes connections on to the service, until somebody cuts them.
 *
 * @param {string} target the address of the service
 */
export async function relay(target) {
  const { hostname, port } = new URL(target);
  const open = new Set();
  let unwanted = null;
  const server = createServer((client) => {
    const service = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, service],
      [service, client],
    ]) {
      open.add(one);
      one.on('data', (data) => {
        if (one === service && unwanted !== null && data.includes(unwanted)) {
          unwanted = null;
          client.resetAndDestroy();
        } else {
          other.write(data) || one.pause();
        }
      });
      one.on('drain', () => other.resume());
      one.on('end', () => other.end());
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,

    /** Resets all connections; new ones come through. */
    cut() {
      for (const socket of open) {
        socket.resetAndDestroy();
      }
    },

    /** Breaks the connection that brings the next answer with a text in it, which is lost. */
    lose(text) {
      unwanted = text;
    },

    close() {
      this.cut();
      server.close();
    },
  };
}
