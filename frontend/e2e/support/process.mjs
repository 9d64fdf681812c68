import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long a start may take on a machine with other things to do, in milliseconds. */
const PATIENCE = 120_000;

/**
 * The service as a process of its own, for tests that end it: always on the same port and with the same database file.
 * The environment names the jar (`CARILLON_JAR`) and the Java to run it with (`CARILLON_JAVA`).
 */
export async function carillon(...properties) {
  const jar = process.env.CARILLON_JAR;
  if (!jar) {
    throw new Error('CARILLON_JAR must name the jar of the service, for example target/carillon.jar');
  }
  const home = mkdtempSync(join(tmpdir(), 'carillon-e2e-'));
  const port = await freePort();
  const options = [
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    '-Xmx384m',
    '-jar',
    jar,
    `--server.port=${port}`,
    '--spring.main.banner-mode=off',
    `--spring.datasource.url=jdbc:h2:async:${join(home, 'chat')};RETENTION_TIME=5000;DB_CLOSE_ON_EXIT=FALSE`,
    '--carillon.limits.send-rate=0',
    ...properties,
  ];
  let running;

  const one = {
    url: `http://127.0.0.1:${port}`,

    /** Starts it and waits until it answers. */
    async start() {
      const child = spawn(process.env.CARILLON_JAVA || 'java', options, {
        cwd: home,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running = child;
      await new Promise((started, failed) => {
        let output = '';
        const timer = setTimeout(() => failed(new Error(`The service has not started:\n${output}`)), PATIENCE);
        const read = (data) => {
          output = (output + data).slice(-20_000);
          if (output.includes('Started Carillon in')) {
            clearTimeout(timer);
            started();
          }
        };
        child.stdout.on('data', read);
        child.stderr.on('data', read);
        child.once('exit', (code) => {
          clearTimeout(timer);
          failed(new Error(`The service has ended with ${code}:\n${output}`));
        });
      });
    },

    /** Ends it as a power cut would. */
    async kill() {
      if (running !== undefined && running.exitCode === null && running.signalCode === null) {
        const gone = new Promise((done) => running.once('exit', done));
        running.kill('SIGKILL');
        await gone;
      }
    },

    /** Ends it and forgets its data. */
    async close() {
      await one.kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
  return one;
}

function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
