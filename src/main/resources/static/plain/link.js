import { waitBefore } from './back-off.js';
import { CUT, closeCode } from './close-codes.js';
import { framesOf, isSoft, unescapeHeader } from './frames.js';
import { Ledger } from './ledger.js';
import { Problem, fetchTicket, signIn, signOut } from './sign-in.js';

/** The heart-beats this page offers and wants, in milliseconds. */
const HEART_BEAT = { outgoing: 10_000, incoming: 10_000 };

/** What SockJS calls a response that broke off; of a WebSocket it would be a mistake of ours. */
const BROKE_OFF = 1002;

/** What browsers call it. */
const LOST = 1006;

/** A refusal by the service, in its own words. */
export class Refused extends Error {
  constructor(headers) {
    super(unescapeHeader(headers.message ?? 'The service gave no reason'));
    this.code = headers.code ?? 'unknown';
  }
}

/**
 * A connection that comes back: it keeps the place of each subscription and what is not confirmed yet, and after any
 * cut it continues both.
 *
 * States: `disconnected`, `connecting`, `connected`, `waiting` (for the next attempt). Events, each with a `detail`:
 * `state`, `frame`, `close`, `refused`, `subscription`, `recovery`.
 */
export class Link extends EventTarget {
  #state = 'disconnected';
  #wanted = false;
  #who = { login: '' };
  #how = { transport: 'websocket', batch: false };
  #socket = null;
  #client = null;
  #attempt = 0;
  #timer = 0;
  /** Which opening is the latest; an earlier one gives up. */
  #opening = 0;
  #counter = 0;
  #holdUntil = 0;
  #subscriptions = new Map();
  #receipts = new Map();
  #outbox = new Map();
  #connected = {};
  #connectedAt = 0;
  #lastCode = null;
  #away = null;
  #recovery = null;
  /** The shortest way of a message so far, in milliseconds: what clocks differ by, and the network. */
  #shortestWay = Infinity;

  /** When heart-beats came and went, in milliseconds since 1970. */
  beats = { sent: 0, received: 0, lastSent: 0, lastReceived: 0 };

  get state() {
    return this.#state;
  }

  get socket() {
    return this.#socket;
  }

  /** The headers of the last CONNECTED frame. */
  get connectedHeaders() {
    return this.#connected;
  }

  /** The name that the service knows this page by, or will when it is back. */
  get userName() {
    return this.#connected['user-name'] ?? this.#who.login;
  }

  /** Whether somebody has signed in. */
  get isSignedIn() {
    return this.#state === 'connected' && this.#who.login !== '';
  }

  get subscriptions() {
    return [...this.#subscriptions.values()];
  }

  /** Whether this page speaks for somebody, or will when it is back. */
  get isForSomebody() {
    return this.#who.login !== '';
  }

  /**
   * Connects, after leaving whatever connection there was.
   *
   * @param {{login: string, passcode?: string}} who an empty login for a guest; without a passcode somebody who is
   *   signed in already
   * @param {{transport: 'websocket' | 'sockjs', batch: boolean}} how
   */
  connect(who, how) {
    if (who.login !== this.#who.login) {
      this.#forgetPrivatePlaces();
    }
    this.#who = who;
    this.#how = how;
    this.#wanted = true;
    this.#attempt = 0;
    this.#away = null;
    this.#recovery = null;
    this.#leave();
    this.#open();
  }

  /** Says goodbye and stays away. */
  disconnect() {
    this.#wanted = false;
    for (const entry of this.#outbox.values()) {
      entry.reject(new Error('Disconnected before the message was confirmed'));
    }
    this.#outbox.clear();
    this.#leave();
  }

  /**
   * Ends the connection as a cut network would, without DISCONNECT, and comes back by itself.
   *
   * @param {number} holdMillis how long to stay away at least
   */
  cut(holdMillis) {
    this.#holdUntil = Date.now() + holdMillis;
    this.#socket?.close(CUT, 'cut on this page');
    // A real cut tells nobody, so whatever still arrives is not for us.
    this.#ended({ code: CUT, reason: 'cut on this page', wasClean: false });
  }

  /** Tries at once instead of waiting on. */
  hurry() {
    if (this.#state === 'waiting') {
      clearTimeout(this.#timer);
      this.#open();
    }
  }

  /**
   * Follows a destination for as long as this page lives or until it is told otherwise.
   *
   * @param {string} destination
   * @param {(body: unknown, headers: Record<string, string>) => void} onMessage each message once, as JSON
   * @param {(placed: {recovered?: boolean, refusal?: Refused}) => void} onPlaced told after each SUBSCRIBE
   */
  subscribe(destination, onMessage, onPlaced = () => {}) {
    const subscription = {
      id: `s${this.#counter++}`,
      destination,
      onMessage,
      onPlaced,
      ledger: new Ledger(),
      state: 'unsubscribed',
      resumed: false,
      recovered: null,
      refusal: '',
    };
    this.#subscriptions.set(subscription.id, subscription);
    if (this.#state === 'connected') {
      this.#place(subscription);
    }
    return { unsubscribe: () => this.#unsubscribe(subscription) };
  }

  #unsubscribe(subscription) {
    this.#subscriptions.delete(subscription.id);
    // One that is not confirmed yet ends when it is; it may be refused, and then there is nothing to end.
    if (subscription.state === 'subscribed') {
      this.#client.unsubscribe(subscription.id);
    }
    this.#tell('subscription', subscription);
  }

  /**
   * Sends JSON; what a cut leaves unconfirmed is sent again under the same key, which the service counts once.
   *
   * @returns {Promise<void>} settled by RECEIPT or ERROR
   */
  send(destination, payload, key) {
    return new Promise((resolve, reject) => {
      const entry = { id: `m${this.#counter++}`, destination, body: JSON.stringify(payload), key, resolve, reject };
      this.#outbox.set(entry.id, entry);
      if (this.#state === 'connected') {
        this.#transmit(entry);
      }
    });
  }

  /** Sends JSON if there is a connection, and does not care what becomes of it. */
  whisper(destination, payload) {
    if (this.#state === 'connected') {
      this.#client.send(destination, { 'content-type': 'application/json' }, JSON.stringify(payload));
    }
  }

  /** Each connection of somebody needs a ticket of its own. */
  async #open() {
    const opening = ++this.#opening;
    this.#setState('connecting');
    try {
      const ticket = await this.#prove();
      if (opening === this.#opening) {
        this.#openWith(ticket);
      }
    } catch (failure) {
      if (opening === this.#opening) {
        this.#notProved(failure);
      }
    }
  }

  async #prove() {
    const { login, passcode } = this.#who;
    if (login === '') {
      await signOut();
      return '';
    }
    if (passcode !== undefined) {
      await signIn(login, passcode);
      if (this.#who.login === login) {
        this.#who = { login };
      }
    }
    return fetchTicket();
  }

  /** Wrong words are not said again; anything else may be better the next time. */
  #notProved(failure) {
    if (failure instanceof Problem && (failure.status === 401 || failure.code === 'rate-limited')) {
      this.#wanted = false;
      this.#drop();
      this.#setState('disconnected');
      this.#tell('refused', { refusal: failure, fatal: true, expected: false });
    } else {
      const code = failure instanceof Problem ? 1013 : LOST;
      this.#ended({ code, reason: failure.message, wasClean: false });
    }
  }

  #openWith(ticket) {
    const socket = openSocket(this.#how.transport, ticket);
    this.#socket = socket;
    this.beats = { sent: 0, received: 0, lastSent: 0, lastReceived: 0 };
    this.#watch(socket);
    const client = window.Stomp.over(socket);
    client.debug = null;
    client.heartbeat = { ...HEART_BEAT };
    client.onreceipt = this.#whileOn(socket, (frame) => this.#receipt(frame.headers));
    this.#client = client;
    client.connect(
      connectHeaders(this.#how, ticket),
      this.#whileOn(socket, (frame) => this.#opened(frame.headers)),
      this.#whileOn(socket, (failure) => typeof failure !== 'string' && this.#refused(failure.headers)),
    );
  }

  /** Leaves alone what comes from a socket that we have given up. */
  #whileOn(socket, action) {
    return (argument) => this.#socket === socket && action(argument);
  }

  /** Sees everything that passes the socket, beside the client library. */
  #watch(socket) {
    const send = socket.send;
    const seen = this.#whileOn(socket, (data) => this.#seen('out', data));
    socket.send = (data) => {
      seen(data);
      send.call(socket, data);
    };
    socket.addEventListener('message', this.#whileOn(socket, (event) => this.#seen('in', event.data)));
    socket.addEventListener('close', this.#whileOn(socket, (event) => this.#ended(event)));
  }

  #seen(direction, data) {
    const at = Date.now();
    for (const frame of framesOf(data)) {
      if (frame.command === 'heart-beat') {
        this.#beat(direction, at);
      }
      this.#tell('frame', { direction, at, ...frame });
    }
  }

  #beat(direction, at) {
    if (direction === 'out') {
      this.beats.sent++;
      this.beats.lastSent = at;
    } else {
      this.beats.received++;
      this.beats.lastReceived = at;
    }
  }

  #opened(headers) {
    const away = this.#away;
    this.#connected = headers;
    this.#connectedAt = Date.now();
    this.#attempt = 0;
    this.#away = null;
    this.#recovery = away && {
      cause: away.code,
      awayMillis: this.#connectedAt - away.since,
      attempts: away.attempts,
      subscriptions: 0,
      recovered: 0,
      replayed: 0,
      missed: 0,
      resent: this.#outbox.size,
    };
    this.#setState('connected');
    this.#subscriptions.forEach((subscription) => this.#place(subscription));
    this.#outbox.forEach((entry) => this.#transmit(entry));
    if (this.#recovery) {
      this.#tell('recovery', this.#recovery);
    }
  }

  #place(subscription) {
    const { id, destination, ledger } = subscription;
    const receipt = `subscribe-${id}-${this.#counter++}`;
    const headers = { id, receipt };
    const resumeFrom = ledger.resumeFrom;
    subscription.resumed = resumeFrom !== '';
    subscription.state = 'subscribing';
    if (subscription.resumed) {
      headers['resume-from'] = resumeFrom;
      if (this.#recovery) {
        this.#recovery.subscriptions++;
      }
    }
    this.#receipts.set(receipt, {
      confirmed: (answer) => this.#placed(subscription, answer),
      refused: (refusal) => {
        subscription.state = 'refused';
        subscription.refusal = refusal.message;
        this.#tell('subscription', subscription);
        subscription.onPlaced({ refusal });
      },
    });
    this.#client.subscribe(
      destination,
      this.#whileOn(this.#socket, (frame) => this.#message(subscription, frame)),
      headers,
    );
    this.#tell('subscription', subscription);
  }

  #placed(subscription, answer) {
    if (!this.#subscriptions.has(subscription.id)) {
      this.#client.unsubscribe(subscription.id);
      return;
    }
    subscription.state = 'subscribed';
    subscription.recovered = answer.recovered === undefined ? null : answer.recovered === 'true';
    subscription.ledger.placed(answer.position ?? '');
    if (this.#recovery && subscription.recovered) {
      this.#recovery.recovered++;
      this.#tell('recovery', this.#recovery);
    }
    this.#tell('subscription', subscription);
    subscription.onPlaced({ recovered: subscription.recovered ?? undefined });
  }

  #message(subscription, frame) {
    if (!this.#subscriptions.has(subscription.id)) {
      return;
    }
    const headers = frame.headers;
    const { ledger } = subscription;
    const missedBefore = ledger.missed;
    const isNew = ledger.take(headers['message-id'], headers.missed);
    const isLate = this.#isFromBefore(Number(headers['published-at'])) && subscription.resumed;
    if (isNew && isLate) {
      ledger.replayed++;
    }
    if (this.#recovery && (isLate || ledger.missed > missedBefore)) {
      this.#recovery.replayed += isNew && isLate ? 1 : 0;
      this.#recovery.missed += ledger.missed - missedBefore;
      this.#tell('recovery', this.#recovery);
    }
    if (isNew) {
      subscription.onMessage(JSON.parse(frame.body), headers);
    }
  }

  /** Whether a message was published before this connection, by the clock of the service. */
  #isFromBefore(publishedAt) {
    if (!publishedAt) {
      return false;
    }
    this.#shortestWay = Math.min(this.#shortestWay, Date.now() - publishedAt);
    return publishedAt + this.#shortestWay < this.#connectedAt;
  }

  #transmit(entry) {
    this.#receipts.set(entry.id, {
      confirmed: () => this.#outbox.delete(entry.id) && entry.resolve(),
      refused: (refusal) => this.#outbox.delete(entry.id) && entry.reject(refusal),
    });
    const headers = { receipt: entry.id, 'content-type': 'application/json' };
    if (entry.key !== undefined) {
      headers['message-key'] = entry.key;
    }
    this.#client.send(entry.destination, headers, entry.body);
  }

  #receipt(headers) {
    const waiting = this.#receipts.get(headers['receipt-id']);
    this.#receipts.delete(headers['receipt-id']);
    waiting?.confirmed(headers);
  }

  #refused(headers) {
    const refusal = new Refused(headers);
    const waiting = this.#receipts.get(headers['receipt-id']);
    this.#receipts.delete(headers['receipt-id']);
    waiting?.refused(refusal);
    this.#lost(headers);
    this.#tell('refused', { refusal, fatal: !isSoft(headers), expected: waiting !== undefined });
  }

  /** The right to a subscription has ended while it stood. Of one with wildcards the rest goes on. */
  #lost({ subscription: id, destination, message }) {
    const subscription = this.#subscriptions.get(id);
    if (subscription?.destination === destination) {
      subscription.state = 'refused';
      subscription.refusal = message;
      this.#tell('subscription', subscription);
    }
  }

  #ended({ code: number, reason, wasClean }) {
    const code = closeCode(this.#how.transport === 'sockjs' && number === BROKE_OFF ? LOST : number);
    this.#lastCode = code;
    this.#drop();
    this.#away ??= { since: Date.now(), attempts: 0, code };
    const wait = this.#wanted ? waitBefore(code, this.#attempt) : null;
    const held = wait === null ? null : Math.max(wait, this.#holdUntil - Date.now());
    this.#tell('close', { at: Date.now(), number, name: code.name, reason, wasClean, code, wait: held });
    if (held === null) {
      this.#wanted = false;
      this.#setState('disconnected');
      return;
    }
    this.#attempt++;
    this.#away.attempts = this.#attempt;
    this.#setState('waiting', { until: Date.now() + held });
    this.#timer = setTimeout(() => this.#open(), held);
  }

  #leave() {
    clearTimeout(this.#timer);
    this.#opening++;
    const socket = this.#socket;
    if (socket === null) {
      this.#setState('disconnected');
    } else if (this.#state === 'connected' && !this.#wanted) {
      // The service answers with RECEIPT and closes with 1000.
      socket.send('DISCONNECT\nreceipt:bye\n\n\0');
    } else {
      this.#drop();
      socket.close();
    }
  }

  /** Gives up the socket and all that lives no longer than it. */
  #drop() {
    this.#socket = null;
    this.#client = null;
    this.#connected = {};
    this.#receipts.clear();
    for (const subscription of this.#subscriptions.values()) {
      subscription.state = 'unsubscribed';
    }
  }

  /** What belongs to one person is not continued as another. */
  #forgetPrivatePlaces() {
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.destination.startsWith('/user/')) {
        subscription.ledger = new Ledger();
      }
    }
  }

  #setState(state, detail = {}) {
    this.#state = state;
    this.#tell('state', { state, lastCode: this.#lastCode, ...detail });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function openSocket(transport, ticket) {
  if (transport === 'sockjs') {
    return new window.SockJS('/sockjs');
  }
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const query = ticket === '' ? '' : `?ticket=${ticket}`;
  // What the client library speaks.
  return new WebSocket(`${scheme}//${location.host}/ws${query}`, ['v11.stomp', 'v10.stomp']);
}

/** SockJS may need several requests before one works, so there the ticket waits for CONNECT. */
function connectHeaders({ transport, batch }, ticket) {
  const headers = { host: location.hostname, 'soft-errors': 'true' };
  if (batch) {
    headers.batch = 'true';
  }
  return transport === 'sockjs' && ticket !== '' ? { ...headers, ticket } : headers;
}
