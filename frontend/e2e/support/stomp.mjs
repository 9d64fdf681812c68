import { Client } from '@stomp/stompjs';
import WebSocket from 'ws';
import { socketUrl } from './service.mjs';

/** How long anything may take before a test gives up, in milliseconds. */
const PATIENCE = 20_000;

/**
 * Fails if a promise takes too long, and says what was waited for.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {string} what
 * @returns {Promise<T>}
 */
export function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${PATIENCE / 1000} s in vain for ${what}`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Things that arrive one by one, and somebody who waits for them. */
export class Arrivals {
  #waiting = [];

  /** All that has arrived, in order. */
  all = [];

  add(item) {
    this.all.push(item);
    this.#waiting = this.#waiting.filter((check) => !check());
  }

  /** Waits until so many have arrived, and returns all. */
  count(number, what = `${number} arrivals`) {
    return this.until((all) => all.length >= number, what);
  }

  /** Waits until what has arrived fulfils a condition. */
  until(condition, what) {
    return within(this.when(condition), what).catch((failure) => {
      throw new Error(`${failure.message}; ${this.all.length} had arrived`);
    });
  }

  /** Waits for a condition that may never be fulfilled. */
  when(condition) {
    return new Promise((resolve) => {
      const check = () => {
        const isMet = condition(this.all);
        if (isMet) {
          resolve(this.all);
        }
        return isMet;
      };
      if (!check()) {
        this.#waiting.push(check);
      }
    });
  }
}

/**
 * A `@stomp/stompjs` client with the handles a test needs. `close` ends it however the test went.
 *
 * @param {import('@stomp/stompjs').StompConfig} config
 */
export function client(config = {}) {
  const stomp = new Client({
    reconnectDelay: 0,
    heartbeatIncoming: 0,
    heartbeatOutgoing: 0,
    webSocketFactory: () => {
      const socket = new WebSocket(socketUrl, stomp.stompVersions.protocolVersions());
      socket.on('message', (data, isBinary) => messages.push({ size: data.length, isBinary }));
      return socket;
    },
    ...config,
  });
  const messages = [];
  const errors = new Arrivals();
  const closes = new Arrivals();
  const connections = new Arrivals();
  stomp.onStompError = (frame) => errors.add(frame);
  stomp.onWebSocketClose = (event) => closes.add({ code: event.code, reason: event.reason });
  stomp.onConnect = (frame) => {
    connections.add(frame);
    config.onConnect?.(frame);
  };
  let receipts = 0;
  return {
    stomp,
    /** What came over the socket, message by message. */
    messages,
    errors,
    closes,
    connections,

    /** Connects, and returns the CONNECTED frame. */
    async connect() {
      stomp.activate();
      return (await connections.count(1, 'CONNECTED'))[0];
    },

    /** Subscribes, and returns the messages and the RECEIPT once the service has confirmed. */
    async subscribe(destination, headers = {}) {
      const received = new Arrivals();
      const confirmed = this.receipt();
      const subscription = stomp.subscribe(destination, (message) => received.add(message), {
        ...headers,
        receipt: confirmed.id,
      });
      return { received, subscription, receipt: await confirmed.frame };
    },

    /** Sends, and waits for the RECEIPT. */
    async send(destination, body, headers = {}) {
      const confirmed = this.receipt();
      stomp.publish({
        destination,
        ...(typeof body === 'string' ? { body } : { binaryBody: body }),
        headers: { ...headers, receipt: confirmed.id },
      });
      return confirmed.frame;
    },

    /** The id of a receipt to ask for, and the RECEIPT or refusal that will come. */
    receipt() {
      const id = `receipt-${(receipts += 1)}`;
      const confirmed = new Promise((resolve) => stomp.watchForReceipt(id, resolve));
      // An ERROR that names no frame ends the connection, so no RECEIPT follows it.
      const isFor = ({ headers }) => (headers['receipt-id'] ?? id) === id;
      const refused = errors.when((all) => all.some(isFor)).then((all) => Promise.reject(new Refused(all.find(isFor))));
      return { id, frame: within(Promise.race([confirmed, refused]), `RECEIPT ${id}`) };
    },

    async close() {
      await stomp.deactivate({ force: true });
    },
  };
}

/** An ERROR frame in answer to a frame with a receipt. */
export class Refused extends Error {
  constructor(frame) {
    super(`${frame.headers.code}: ${frame.headers.message}`);
    this.headers = frame.headers;
  }
}

/** The credentials of a demo user, whose password is the name. */
export function as(user) {
  return { login: user, passcode: user };
}
