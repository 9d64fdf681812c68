import { Client, type IFrame, type IMessage, ReconnectionTimeMode } from '@stomp/stompjs';
import { bodyOf } from './active-subscription.ts';
import { fromBase64 } from './base64.ts';
import { deferred } from './deferred.ts';
import { CarillonError, type ErrorCode } from './errors.ts';
import {
  type Incoming,
  type Link,
  type LinkEnd,
  LinkFailure,
  LinkLost,
  type Placing,
  type Sending,
  type Tap,
} from './link.ts';
import type { Clock, Receipt } from './types.ts';

/** What a STOMP connection needs to know. */
export interface StompLinkOptions {
  readonly transport: 'websocket' | 'sockjs';
  readonly socket: () => WebSocket;
  readonly connectHeaders: Readonly<Record<string, string>>;
  readonly batch: boolean;
  readonly outgoing: number;
  readonly incoming: number;
  readonly clock: Clock;
  readonly isVisible: () => boolean;
  readonly tap: Tap;

  /** How to send bytes where the socket carries text only. */
  readonly sendBytes: ((sending: Sending) => Promise<Receipt>) | undefined;
  readonly signal: AbortSignal;
}

interface Expected {
  readonly resolve: (frame: IFrame) => void;
  readonly reject: (reason: unknown) => void;
}

/** STOMP over a WebSocket, or over SockJS. */
export class StompLink implements Link {
  readonly transport: 'websocket' | 'sockjs';
  user = '';
  session: string | undefined;
  readonly closed: Promise<LinkEnd>;

  readonly #options: StompLinkOptions;
  readonly #client: Client;
  readonly #end = deferred<LinkEnd>();
  readonly #connected = deferred<void>();
  readonly #placings = new Map<string, Placing>();
  readonly #expected = new Map<string, Expected>();
  #error: CarillonError | undefined;
  #isOver = false;
  #ids = 0;
  #heardAt = 0;
  #stopBeats = (): void => {};

  private constructor(options: StompLinkOptions) {
    this.transport = options.transport;
    this.closed = this.#end.promise;
    this.#options = options;
    this.#client = new Client({
      webSocketFactory: () => this.#watched(options.socket()),
      connectHeaders: {
        ...options.connectHeaders,
        'soft-errors': 'true',
        ...(options.batch ? { batch: 'true' } : {}),
      },
      reconnectDelay: 0,
      reconnectTimeMode: ReconnectionTimeMode.LINEAR,
      heartbeatOutgoing: options.outgoing,
      heartbeatIncoming: options.incoming,
      discardWebsocketOnCommFailure: true,
      // Otherwise each frame is put together again for a log that nobody keeps.
      logRawCommunication: true,
      onConnect: (frame) => this.#onConnect(frame),
      onStompError: (frame) => this.#onError(frame),
      onUnhandledReceipt: (frame) => this.#settle(frame.headers['receipt-id'], (one) => one.resolve(frame)),
      // Answers and messages that cross an UNSUBSCRIBE.
      onUnhandledMessage: () => {},
      onWebSocketClose: ({ code, reason }: CloseEvent) => {
        // SockJS says 1002 when it finds no way to the service.
        const isLost = options.transport === 'sockjs' && code === 1002;
        this.#onClose({ code: isLost ? 1006 : code, reason: reason ?? '' });
      },
    });
  }

  /** Connects. Rejects with {@link LinkFailure}. */
  static async open(options: StompLinkOptions): Promise<StompLink> {
    const link = new StompLink(options);
    const abort = (): void => link.cut();
    options.signal.addEventListener('abort', abort, { once: true });
    try {
      link.#client.activate();
      await link.#connected.promise;
      return link;
    } finally {
      options.signal.removeEventListener('abort', abort);
    }
  }

  async place(placing: Placing): Promise<void> {
    this.#placings.set(placing.id, placing);
    const { id, destination, replay, latest } = placing;
    const from = placing.resumeFrom();
    const headers: Record<string, string> = { id };
    if (from !== '') {
      headers['resume-from'] = from;
    }
    if (replay !== undefined) {
      headers['replay'] = `${replay}`;
    }
    if (latest) {
      headers['mode'] = 'latest';
    }
    await this.#receipt(
      (receipt) => {
        const hand = (message: IMessage): void => placing.received(incoming(message));
        this.#client.subscribe(destination, hand, { ...headers, receipt });
      },
      (frame) => {
        const { position, recovered } = frame.headers;
        placing.confirmed(position ?? '', recovered === undefined ? undefined : recovered === 'true');
      },
    );
  }

  async remove(id: string): Promise<void> {
    this.#placings.delete(id);
    await this.#receipt((receipt) => this.#client.unsubscribe(id, { receipt }));
  }

  async send(sending: Sending): Promise<Receipt> {
    const { destination, body, contentType, headers, key } = sending;
    if (typeof body !== 'string' && this.#options.sendBytes !== undefined) {
      return this.#options.sendBytes(sending).catch((error: unknown) => {
        if (error instanceof CarillonError) {
          throw error;
        }
        this.cut();
        throw new LinkLost();
      });
    }
    await this.#receipt((receipt) => {
      this.#client.publish({
        destination,
        headers: { ...headers, 'content-type': contentType, 'message-key': key, receipt },
        ...(typeof body === 'string' ? { body } : { binaryBody: body }),
      });
    });
    return { key, position: undefined };
  }

  async ask(destination: string): Promise<unknown> {
    const id = `ask-${++this.#ids}`;
    const answer = deferred<Incoming>();
    const refused = this.#receipt((receipt) => {
      this.#client.subscribe(destination, (message) => answer.resolve(incoming(message)), { id, receipt });
    });
    refused.catch(answer.reject);
    void this.closed.then(() => answer.reject(new LinkLost()));
    const message = await answer.promise;
    this.remove(id).catch(() => {});
    return bodyOf(message);
  }

  check(millis: number): void {
    const before = this.#heardAt;
    const transaction = `check-${++this.#ids}`;
    // STOMP has no question that only asks for an answer; a transaction that comes to nothing is one.
    this.#receipt((receipt) => {
      const { webSocket } = this.#client;
      webSocket?.send(`BEGIN\ntransaction:${transaction}\n\n\0`);
      webSocket?.send(`ABORT\ntransaction:${transaction}\nreceipt:${receipt}\n\n\0`);
    }).catch(() => {});
    this.#options.clock.schedule(millis, () => {
      if (!this.#isOver && this.#heardAt === before) {
        this.#drop({ code: 4001, reason: 'no answer' });
      }
    });
  }

  async close(): Promise<void> {
    if (!this.#isOver) {
      const stop = this.#options.clock.schedule(2000, () => this.cut());
      await this.#client.deactivate();
      stop();
    }
    this.#onClose({ code: 1000, reason: 'normal' });
  }

  cut(): void {
    this.#drop({ code: 1006, reason: 'cut' });
  }

  #drop(end: LinkEnd): void {
    const client = this.#client;
    this.#onClose(end);
    void client.deactivate({ force: true });
  }

  #watched(socket: WebSocket): WebSocket {
    const { tap } = this.#options;
    const listen = (event: MessageEvent<string | ArrayBuffer>): void => {
      this.#heardAt = this.#options.clock.now();
      if (tap.isOpen) {
        tap.show('in', event.data);
      }
    };
    socket.addEventListener('message', listen as (event: Event) => void);
    const send = socket.send.bind(socket) as (data: string | Uint8Array) => void;
    socket.send = (data) => {
      if (tap.isOpen) {
        tap.show('out', data as string | Uint8Array);
      }
      send(data as string | Uint8Array);
    };
    return socket;
  }

  #onConnect(frame: IFrame): void {
    this.user = frame.headers['user-name'] ?? '';
    this.session = frame.headers['session'];
    this.#beat(frame.headers['heart-beat'] ?? '');
    this.#connected.resolve();
  }

  /** The heart-beats of the library stop in background tabs; these go on. */
  #beat(agreed: string): void {
    const wanted = Number(agreed.split(',')[1] ?? 0);
    const { outgoing, clock, isVisible } = this.#options;
    if (wanted === 0 || outgoing === 0) {
      return;
    }
    const beat = (): void => {
      this.#stopBeats = clock.schedule(Math.max(wanted, outgoing), beat);
      const { webSocket } = this.#client;
      if (!isVisible() && webSocket?.readyState === 1) {
        webSocket.send('\n');
      }
    };
    this.#stopBeats = clock.schedule(Math.max(wanted, outgoing), beat);
  }

  #onError(frame: IFrame): void {
    const { code, message, 'receipt-id': receipt, fatal, subscription, destination } = frame.headers;
    const what = message ?? 'The service says no more';
    const error = new CarillonError((code ?? 'internal') as ErrorCode, what, destination);
    if (fatal !== 'false') {
      this.#error = error;
    }
    this.#settle(receipt, (one) => one.reject(error));
    const placing = this.#placings.get(subscription ?? '');
    placing?.withdrawn(error, destination === undefined || destination === placing.destination);
  }

  #onClose(end: LinkEnd): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#stopBeats();
    const full: LinkEnd = this.#error === undefined ? end : { ...end, error: this.#error };
    this.#connected.reject(new LinkFailure(full));
    const expected = [...this.#expected.values()];
    this.#expected.clear();
    expected.forEach(({ reject }) => reject(new LinkLost()));
    this.#end.resolve(full);
    // Otherwise it would think of connecting again.
    void this.#client.deactivate({ force: true });
  }

  /**
   * Sends a frame that asks for a receipt.
   *
   * @param on called as soon as the receipt is there, before any frame after it
   */
  #receipt(send: (receipt: string) => void, on: (frame: IFrame) => void = () => {}): Promise<void> {
    if (this.#isOver) {
      return Promise.reject(new LinkLost());
    }
    const id = `r${++this.#ids}`;
    return new Promise((resolve, reject) => {
      this.#expected.set(id, {
        resolve: (frame) => {
          on(frame);
          resolve();
        },
        reject,
      });
      try {
        send(id);
      } catch {
        // The socket is closing; its end settles this.
      }
    });
  }

  #settle(receipt: string | undefined, action: (one: Expected) => void): void {
    const one = this.#expected.get(receipt ?? '');
    if (one !== undefined) {
      this.#expected.delete(receipt ?? '');
      action(one);
    }
  }
}

function incoming(message: IMessage): Incoming {
  const { headers } = message;
  const publishedAt = headers['published-at'];
  const isBase64 = headers['body-encoding'] === 'base64';
  return {
    destination: headers['destination'] ?? '',
    // What comes from no log has an id that is no position.
    position: publishedAt === undefined ? undefined : headers['message-id'],
    publishedAt: Number(publishedAt ?? 0),
    announced: headers['missed'] !== undefined,
    headers,
    text: () => (isBase64 ? new TextDecoder().decode(fromBase64(message.body)) : message.body),
    bytes: () => (isBase64 ? fromBase64(message.body) : message.binaryBody),
  };
}
