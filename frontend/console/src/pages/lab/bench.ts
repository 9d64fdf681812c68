import { signal } from '@preact/signals';
import { stompFrames, stompText } from './stomp.ts';

export type Endpoint = 'echo' | 'ws' | 'silent';

/** A message as it went over the wire. */
export interface Passed {
  readonly id: number;
  readonly direction: 'in' | 'out';
  readonly opcode: 'text' | 'binary';

  /** In milliseconds since 1970. */
  readonly at: number;

  /** Of the payload, in bytes. */
  readonly length: number;

  /** The beginning of a text. */
  readonly text: string;
}

/** How a socket has ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** What a socket tells of itself. */
export interface Facts {
  readonly url: string;
  readonly readyState: number;
  readonly bufferedAmount: number;

  /** The highest amount that was seen. */
  readonly peak: number;
  readonly protocol: string;
  readonly extensions: string;
}

const MOST_PASSED = 60;
const MOST_TEXT = 400;

/** How often facts are looked at, in milliseconds. */
const BEAT = 100;

/** The size of one message of a burst, in bytes; `/echo` takes no larger ones. */
const PIECE = 128 * 1024;

/** How often STOMP heart-beats go out and come in, in milliseconds. */
const HEART_BEAT = 1000;

/** One WebSocket to look at. */
export class Bench {
  readonly passed = signal<readonly Passed[]>([]);
  readonly facts = signal<Facts | undefined>(undefined);
  readonly closed = signal<Closed | undefined>(undefined);
  #socket: WebSocket | undefined;
  #ids = 0;
  #peak = 0;
  #watch: ReturnType<typeof setInterval> | undefined;
  #beats: ReturnType<typeof setInterval> | undefined;

  open(endpoint: Endpoint): void {
    this.dispose();
    this.passed.value = [];
    this.closed.value = undefined;
    this.#peak = 0;
    const base = location.origin.replace(/^http/, 'ws');
    const socket =
      endpoint === 'echo' ? new WebSocket(`${base}/echo`) : new WebSocket(`${base}/ws`, ['v12.stomp', 'v11.stomp']);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      if (endpoint === 'ws') {
        const beat = `${HEART_BEAT},${HEART_BEAT}`;
        this.send(stompText('CONNECT', { 'accept-version': '1.2', host: 'carillon', 'heart-beat': beat }));
      }
      this.#look();
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#note('in', data);
      if (endpoint === 'ws' && typeof data === 'string' && stompFrames(data)[0]?.command === 'CONNECTED') {
        this.#beats = setInterval(() => this.send('\n'), HEART_BEAT);
      }
    };
    socket.onclose = ({ code, reason, wasClean }) => {
      clearInterval(this.#beats);
      clearInterval(this.#watch);
      this.closed.value = { code, reason, wasClean };
      this.#look();
    };
    this.#watch = setInterval(() => this.#look(), BEAT);
    this.#look();
  }

  /** Sends a message. @throws DOMException if the socket is not open */
  send(data: string | Uint8Array<ArrayBuffer>): void {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) {
      return;
    }
    socket.send(data);
    this.#note('out', data);
    this.#look();
  }

  /** Sends so many bytes in messages as large as the service takes, faster than any network. */
  burst(size: number): void {
    const piece = new Uint8Array(PIECE);
    for (let sent = 0; sent < size; sent += PIECE) {
      this.send(piece);
    }
  }

  /** Closes the socket. @throws DOMException if pages may not use the code, or if the reason is too long */
  close(code: number | undefined, reason: string): void {
    if (code === undefined) {
      this.#socket?.close();
    } else {
      this.#socket?.close(code, reason);
    }
    this.#look();
  }

  /** Lets go of the socket. */
  dispose(): void {
    clearInterval(this.#watch);
    clearInterval(this.#beats);
    const socket = this.#socket;
    if (socket !== undefined) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      this.#socket = undefined;
    }
  }

  #note(direction: Passed['direction'], data: string | Uint8Array | ArrayBuffer): void {
    const isText = typeof data === 'string';
    const length = isText ? new TextEncoder().encode(data).length : data.byteLength;
    const text = isText ? data.slice(0, MOST_TEXT) : '';
    const opcode = isText ? 'text' : 'binary';
    const passed: Passed = { id: ++this.#ids, direction, opcode, at: Date.now(), length, text };
    this.passed.value = [passed, ...this.passed.peek()].slice(0, MOST_PASSED);
  }

  #look(): void {
    const socket = this.#socket;
    if (socket !== undefined) {
      const { url, readyState, bufferedAmount, protocol, extensions } = socket;
      this.#peak = Math.max(this.#peak, bufferedAmount);
      this.facts.value = { url, readyState, bufferedAmount, peak: this.#peak, protocol, extensions };
    }
  }
}
