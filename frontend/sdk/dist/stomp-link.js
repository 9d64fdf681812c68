import { Client, ReconnectionTimeMode } from '@stomp/stompjs';
import { fromBase64 } from "./base64.js";
import { deferred } from "./deferred.js";
import { CarillonError } from "./errors.js";
import { LinkFailure, LinkLost, } from "./link.js";
/** STOMP over a WebSocket, or over SockJS. */
export class StompLink {
    transport;
    user = '';
    session;
    closed;
    #options;
    #client;
    #end = deferred();
    #connected = deferred();
    #expected = new Map();
    #error;
    #isOver = false;
    #ids = 0;
    #heardAt = 0;
    #stopBeats = () => { };
    constructor(options) {
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
            onUnhandledMessage: () => { },
            onWebSocketClose: (event) => this.#onClose({ code: event.code, reason: event.reason ?? '' }),
        });
    }
    /** Connects. Rejects with {@link LinkFailure}. */
    static async open(options) {
        const link = new StompLink(options);
        const abort = () => link.cut();
        options.signal.addEventListener('abort', abort, { once: true });
        try {
            link.#client.activate();
            await link.#connected.promise;
            return link;
        }
        finally {
            options.signal.removeEventListener('abort', abort);
        }
    }
    async place(placing) {
        const { id, destination, replay, latest } = placing;
        const from = placing.resumeFrom();
        const headers = { id };
        if (from !== '') {
            headers['resume-from'] = from;
        }
        if (replay !== undefined) {
            headers['replay'] = `${replay}`;
        }
        if (latest) {
            headers['mode'] = 'latest';
        }
        await this.#receipt((receipt) => {
            const hand = (message) => placing.received(incoming(message));
            this.#client.subscribe(destination, hand, { ...headers, receipt });
        }, (frame) => {
            const { position, recovered } = frame.headers;
            placing.confirmed(position ?? '', recovered === undefined ? undefined : recovered === 'true');
        });
    }
    async remove(id) {
        await this.#receipt((receipt) => this.#client.unsubscribe(id, { receipt }));
    }
    async send({ destination, body, contentType, headers, key }) {
        await this.#receipt((receipt) => {
            this.#client.publish({
                destination,
                headers: { ...headers, 'content-type': contentType, 'message-key': key, receipt },
                ...(typeof body === 'string' ? { body } : { binaryBody: body }),
            });
        });
        return { key, position: undefined };
    }
    async ask(destination, _http) {
        const id = `ask-${++this.#ids}`;
        const answer = deferred();
        const refused = this.#receipt((receipt) => {
            this.#client.subscribe(destination, (message) => answer.resolve(incoming(message)), { id, receipt });
        });
        refused.catch(answer.reject);
        void this.closed.then(() => answer.reject(new LinkLost()));
        const message = await answer.promise;
        this.remove(id).catch(() => { });
        return message;
    }
    check(millis) {
        const before = this.#heardAt;
        const transaction = `check-${++this.#ids}`;
        // STOMP has no question that only asks for an answer; a transaction that comes to nothing is one.
        this.#receipt((receipt) => {
            const { webSocket } = this.#client;
            webSocket?.send(`BEGIN\ntransaction:${transaction}\n\n\0`);
            webSocket?.send(`ABORT\ntransaction:${transaction}\nreceipt:${receipt}\n\n\0`);
        }).catch(() => { });
        this.#options.clock.schedule(millis, () => {
            if (!this.#isOver && this.#heardAt === before) {
                this.#drop({ code: 4001, reason: 'no answer' });
            }
        });
    }
    async close() {
        if (!this.#isOver) {
            const stop = this.#options.clock.schedule(2000, () => this.cut());
            await this.#client.deactivate();
            stop();
        }
        this.#onClose({ code: 1000, reason: 'normal' });
    }
    cut() {
        this.#drop({ code: 1006, reason: 'cut' });
    }
    #drop(end) {
        const client = this.#client;
        this.#onClose(end);
        void client.deactivate({ force: true });
    }
    #watched(socket) {
        const { tap } = this.#options;
        const listen = (event) => {
            this.#heardAt = this.#options.clock.now();
            if (tap.isOpen) {
                tap.show('in', event.data);
            }
        };
        socket.addEventListener('message', listen);
        const send = socket.send.bind(socket);
        socket.send = (data) => {
            if (tap.isOpen) {
                tap.show('out', data);
            }
            send(data);
        };
        return socket;
    }
    #onConnect(frame) {
        this.user = frame.headers['user-name'] ?? '';
        this.session = frame.headers['session'];
        this.#beat(frame.headers['heart-beat'] ?? '');
        this.#connected.resolve();
    }
    /** The heart-beats of the library stop in background tabs; these go on. */
    #beat(agreed) {
        const wanted = Number(agreed.split(',')[1] ?? 0);
        const { outgoing, clock, isVisible } = this.#options;
        if (wanted === 0 || outgoing === 0) {
            return;
        }
        const beat = () => {
            this.#stopBeats = clock.schedule(Math.max(wanted, outgoing), beat);
            const { webSocket } = this.#client;
            if (!isVisible() && webSocket?.readyState === 1) {
                webSocket.send('\n');
            }
        };
        this.#stopBeats = clock.schedule(Math.max(wanted, outgoing), beat);
    }
    #onError(frame) {
        const { code, message, 'receipt-id': receipt, fatal } = frame.headers;
        const error = new CarillonError((code ?? 'internal'), message ?? 'The service says no more');
        if (fatal !== 'false') {
            this.#error = error;
        }
        this.#settle(receipt, (one) => one.reject(error));
    }
    #onClose(end) {
        if (this.#isOver) {
            return;
        }
        this.#isOver = true;
        this.#stopBeats();
        const full = this.#error === undefined ? end : { ...end, error: this.#error };
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
    #receipt(send, on = () => { }) {
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
            }
            catch {
                // The socket is closing; its end settles this.
            }
        });
    }
    #settle(receipt, action) {
        const one = this.#expected.get(receipt ?? '');
        if (one !== undefined) {
            this.#expected.delete(receipt ?? '');
            action(one);
        }
    }
}
function incoming(message) {
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
//# sourceMappingURL=stomp-link.js.map