import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = { '.html': 'text/html;charset=utf-8', '.js': 'text/javascript;charset=utf-8', '.css': 'text/css' };

/**
 * Serves a folder as another web server on this machine would, with the address of the service in the place of that
 * which texts name.
 *
 * @param {string} folder
 * @param {string} service the address of the service
 */
export async function site(folder, service) {
  const { host } = new URL(service);
  const server = createServer((request, response) => {
    try {
      const { pathname } = new URL(request.url, 'http://site');
      let file = join(folder, normalize(pathname));
      if (statSync(file).isDirectory()) {
        file = join(file, 'index.html');
      }
      const text = readFileSync(file, 'utf8').replaceAll('localhost:8080', host);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(text);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
