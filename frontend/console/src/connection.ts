import {
  type CarillonClient,
  type CarillonError,
  type Close,
  type ConnectionState,
  createClient,
  type SessionInfo,
  type TransportName,
} from '@carillon/client';
import { batch, effect, signal } from '@preact/signals';
import { forgetAllWaiting } from './waiting.ts';
import { decided, hasDemoUsers, isKnown, signedInAgain, signInReason, ticket, who, type Who } from './session.ts';

/** What the badge tells of the connection. */
export interface Connection {
  readonly state: ConnectionState;
  readonly session: SessionInfo | undefined;

  /** How the last connection ended, while there is no other. */
  readonly close: Close | undefined;

  /** When the next attempt is due, in milliseconds since 1970. */
  readonly retryAt: number | undefined;

  /** Since when there is a connection, in milliseconds since 1970. */
  readonly since: number | undefined;

  /** Why the client has given up. */
  readonly error: CarillonError | undefined;
}

/** The close code that says that the page's cookie is another one now. */
const SIGNED_OUT = 4008;

/** How often a page that only listens reminds the service that it is still there, in milliseconds. */
const REMIND = 600_000;

/** Of which part of the messages the service is told how late they came. */
const REPORTED = 0.1;

const NOTHING: Connection = {
  state: 'disconnected',
  session: undefined,
  close: undefined,
  retryAt: undefined,
  since: undefined,
  error: undefined,
};

export const connection = signal<Connection>(NOTHING);

/** The transport that was asked for; `undefined` for the ladder. */
export const forcedTransport = signal<TransportName | undefined>(undefined);

/**
 * The client of this page. There is a new one for another user, so what depends on it must be done again when it
 * changes: `useEffect(…, [client.value])`.
 */
export const client = signal<CarillonClient>(open());

function open(): CarillonClient {
  const made = createClient({ ticket, latency: { share: REPORTED } });
  const change = (changes: Partial<Connection>): void => {
    if (made === client.peek()) {
      connection.value = { ...connection.peek(), ...changes };
    }
  };
  made.on('state', ({ state }) => {
    if (state === 'connected') {
      change({ state, close: undefined, retryAt: undefined, error: undefined, since: Date.now() });
    } else {
      change({ state, session: undefined, since: undefined });
    }
  });
  made.on('session', (session) => {
    if (session.guest && !who.peek().guest) {
      // The service has forgotten us. What waits to be sent must not be refused because a guest sends it.
      made.cut();
      void signedInAgain();
    }
    change({ session });
  });
  made.on('close', (close) => {
    const { code, retryIn } = close;
    if (code === SIGNED_OUT && made === client.peek()) {
      // In another tab, perhaps as somebody else.
      void askAgain(made);
    }
    change({ close, retryAt: retryIn === undefined ? undefined : Date.now() + retryIn });
  });
  made.on('error', (error) => {
    if (made.state !== 'connected') {
      change({ error });
    }
  });
  return made;
}

/** While the user signs in again the client waits for a ticket, without which it would come back as a guest over HTTP. */
let isHeld = false;

effect(() => {
  const mustWait = signInReason.value === 'expired';
  if (mustWait !== isHeld && forcedTransport.peek() === undefined) {
    isHeld = mustWait;
    client
      .peek()
      .useTransport(mustWait ? 'websocket' : undefined)
      .catch(() => undefined);
  }
});

/** Connects; what goes wrong is told by {@link connection}. */
export function connect(): void {
  client
    .peek()
    .connect()
    .catch(() => undefined);
}

/** The page has taken its user for a guest, and was right; what else the service says counts as well. */
function hear({ demo = false }: Who): void {
  hasDemoUsers.value = demo;
}

/** Asks who we are, then connects. While the service cannot be reached, that is asked again with the first connection. */
export async function start(): Promise<void> {
  const asked = client.peek();
  const ask = (): Promise<Who> => asked.http<Who>({ method: 'GET', path: '/api/session' });
  try {
    decided(await ask());
  } catch {
    isKnown.value = true;
    const stop = asked.on('session', () => {
      stop();
      ask().then(
        (answer) => (answer.guest ? hear(answer) : become(answer)),
        () => undefined,
      );
    });
  }
  connect();
}

/** Signs in. Rejects with the service's refusal. */
export async function signIn(login: string, passcode: string): Promise<void> {
  become(await client.peek().http<Who>({ method: 'POST', path: '/api/session', body: { login, passcode } }));
}

/** Signs out. Rejects when the service does not answer; then nothing has changed. */
export async function signOut(): Promise<void> {
  const leaving = client.peek();
  await leaving.close();
  try {
    await leaving.http({ method: 'DELETE', path: '/api/session' });
    forgetAllWaiting(who.peek().user);
    become(await leaving.http<Who>({ method: 'GET', path: '/api/session' }));
  } catch (error) {
    // The pages have lost their subscriptions with the client.
    replace();
    throw error;
  }
}

async function askAgain(asked: CarillonClient): Promise<void> {
  try {
    const answer = await asked.http<Who>({ method: 'GET', path: '/api/session' });
    if (asked === client.peek()) {
      become(answer);
    }
  } catch {
    // The badge says that there is no connection.
  }
}

setInterval(() => {
  if (!who.peek().guest && document.visibilityState === 'visible') {
    void client
      .peek()
      .http({ method: 'GET', path: '/api/session' })
      .catch(() => undefined);
  }
}, REMIND);

/** Goes on as a guest without asking the service, which has forgotten us. */
export function stayGuest(): void {
  become({ user: '', roles: [], guest: true });
}

function become(next: Who): void {
  const isSame = !next.guest && next.user === who.peek().user;
  decided(next);
  if (isSame) {
    // The client keeps what waits to be sent.
    connect();
    return;
  }
  replace();
}

/** Takes a new client in place of the present one. */
function replace(): void {
  const old = client.peek();
  const forced = forcedTransport.peek();
  batch(() => {
    client.value = open();
    connection.value = NOTHING;
  });
  void old.close();
  if (forced !== undefined) {
    client
      .peek()
      .useTransport(forced)
      .catch(() => undefined);
  } else {
    connect();
  }
}
