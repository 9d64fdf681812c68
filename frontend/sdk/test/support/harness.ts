import { vi } from 'vitest';
import { createClient } from '../../src/client.ts';
import type { CarillonClient, ClientEvents, ClientOptions, Message } from '../../src/types.ts';
import { FakeServer } from './fake-server.ts';

/** A client of a fake service, and what it has told. */
export interface Scene {
  readonly server: FakeServer;
  readonly client: CarillonClient;
  readonly told: { [E in keyof ClientEvents]: ClientEvents[E][] };
}

/** Makes a client of a new fake service; the test has fake timers. */
export function scene(options: ClientOptions = {}): Scene {
  const server = new FakeServer();
  const { environment, ...rest } = options;
  const client = createClient({
    url: 'http://service.test',
    transports: ['websocket'],
    environment: { ...server.environment, ...environment },
    ...rest,
  });
  const told: Scene['told'] = { state: [], transport: [], session: [], close: [], error: [], gap: [], frame: [] };
  for (const event of ['state', 'transport', 'session', 'close', 'error', 'gap'] as const) {
    client.on(event, (value) => (told[event] as unknown[]).push(value));
  }
  return { server, client, told };
}

/** Lets everything happen that is due now. */
export function settle(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(1);
}

/** Lets time pass, in milliseconds. */
export function pass(millis: number): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(millis);
}

/** A handler that keeps the bodies it is given. */
export function keeper(): { readonly bodies: unknown[]; readonly handler: (message: Message) => void } {
  const bodies: unknown[] = [];
  return { bodies, handler: (message) => bodies.push(message.body) };
}
