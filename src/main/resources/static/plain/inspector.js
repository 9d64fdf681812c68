import { advice, serviceCodes } from './close-codes.js';
import { byId, bytes, count, duration, el, setText, timeOfDay } from './dom.js';

const READY_STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

const MOST_FRAMES = 200;

const MOST_CLOSES = 20;

const MOST_TEXT = 4000;

const FILTERS = {
  all: () => true,
  quiet: (frame) => !isQuote(frame),
  control: ({ command }) => command !== 'MESSAGE' && command !== 'SEND' && command !== 'heart-beat',
  beats: ({ command }) => command === 'heart-beat',
};

/** What goes on below: the handshake, the socket, frames, heart-beats and ends. */
export class Inspector {
  #link;
  #totals = { in: 0, out: 0, bytesIn: 0, bytesOut: 0 };
  #waiting = [];
  #kept = [];

  constructor(link) {
    this.#link = link;
    link.addEventListener('frame', ({ detail }) => this.#take(detail));
    link.addEventListener('close', ({ detail }) => this.#closed(detail));
    link.addEventListener('state', () => this.#showFacts());
    byId('frames-filter').addEventListener('change', () => this.#redraw());
    byId('frames-clear').addEventListener('click', () => {
      this.#kept = [];
      this.#redraw();
    });
    setInterval(() => this.#showFacts(), 250);
    setInterval(() => this.#draw(), 250);
    for (const code of serviceCodes) {
      const cells = [el('td', {}, code.name), el('td', {}, advice(code))];
      byId('codes').append(el('tr', {}, el('th', { scope: 'row' }, String(code.number)), ...cells));
    }
  }

  #showFacts() {
    const { socket, connectedHeaders: agreed, beats, state } = this.#link;
    const isNative = socket instanceof WebSocket;
    setText(byId('fact-url'), socket?.url.replace(/\?.*/, '') ?? '–');
    const ready = socket?.readyState ?? 3;
    setText(byId('fact-ready-state'), `${ready} ${READY_STATES[ready]}`);
    setText(byId('fact-buffered'), socket ? (isNative ? bytes(socket.bufferedAmount) : 'not told by SockJS') : '–');
    setText(byId('fact-protocol'), socket?.protocol || (isNative ? 'none' : (socket?.transport ?? '–')));
    setText(byId('fact-extensions'), socket ? (socket.extensions || 'none') : '–');
    const on = state === 'connected';
    setText(byId('fact-version'), on ? agreed.version : '–');
    setText(byId('fact-user'), on ? agreed['user-name'] : '–');
    setText(byId('fact-session'), on ? `${agreed.session} on ${agreed.server}` : '–');
    setText(byId('fact-heart-beat'), on ? heartBeat(agreed['heart-beat']) : '–');
    setText(byId('fact-beats'), on ? `${told(beats.sent, beats.lastSent)} out, ${told(beats.received, beats.lastReceived)} in` : '–');
    const options = ['soft-errors', 'batch'].filter((name) => agreed[name] === 'true');
    setText(byId('fact-negotiated'), on ? options.join(', ') || 'nothing beyond STOMP' : '–');
  }

  #take(frame) {
    const isIn = frame.direction === 'in';
    this.#totals[isIn ? 'in' : 'out']++;
    this.#totals[isIn ? 'bytesIn' : 'bytesOut'] += frame.size;
    this.#waiting.push(frame);
    if (this.#waiting.length > 4 * MOST_FRAMES) {
      this.#waiting.splice(0, MOST_FRAMES);
    }
  }

  /** Draws what has come since the last time, a few times a second however much it is. */
  #draw() {
    const { in: received, out: sent, bytesIn, bytesOut } = this.#totals;
    setText(byId('frames-count'), `${received} in (${bytes(bytesIn)}), ${sent} out (${bytes(bytesOut)})`);
    if (byId('frames-pause').checked || this.#waiting.length === 0) {
      return;
    }
    const shows = FILTERS[byId('frames-filter').value];
    const fresh = this.#waiting.splice(0);
    // Quotes would push everything else out of a common list.
    this.#kept = [...bounded(this.#kept.concat(fresh), isQuote), ...bounded(this.#kept.concat(fresh), isOther)].sort(
      (a, b) => a.at - b.at,
    );
    const list = byId('frames');
    list.prepend(...fresh.filter(shows).slice(-MOST_FRAMES).reverse().map(item));
    while (list.children.length > MOST_FRAMES) {
      list.lastElementChild.remove();
    }
  }

  #redraw() {
    const shows = FILTERS[byId('frames-filter').value];
    byId('frames').replaceChildren(...this.#kept.filter(shows).slice(-MOST_FRAMES).reverse().map(item));
  }

  #closed({ at, number, name, reason, wait, code }) {
    const list = byId('closes');
    list.querySelector('.none')?.remove();
    const next = wait === null ? 'Not coming back by itself.' : `Coming back in ${duration(wait)}.`;
    list.prepend(
      el(
        'li',
        { 'data-code': String(number) },
        el('time', { datetime: new Date(at).toISOString() }, timeOfDay(at)),
        el('p', {}, el('b', {}, `${number} ${name}`), reason && reason !== name ? ` “${reason}”` : ''),
        el('p', { class: 'hint' }, `The code says: ${advice(code)}. ${next}`),
      ),
    );
    while (list.children.length > MOST_CLOSES) {
      list.lastElementChild.remove();
    }
  }
}

function bounded(frames, kind) {
  return frames.filter(kind).slice(-MOST_FRAMES);
}

function isQuote({ command, headers }) {
  return command === 'MESSAGE' && (headers.destination ?? '').startsWith('/topic/stocks.');
}

function isOther(frame) {
  return !isQuote(frame);
}

function heartBeat(header) {
  const [send, receive] = header.split(',').map(Number);
  const each = (millis) => (millis === 0 ? 'never' : `every ${duration(Math.max(millis, 10_000)).replace('.0', '')}`);
  return `${each(receive)} out, ${each(send)} in`;
}

function told(number, last) {
  return number === 0 ? '0' : `${number} (${duration(Date.now() - last)} ago)`;
}

function item({ direction, at, command, headers, text, size }) {
  const about = headers.destination ?? headers['receipt-id'] ?? headers.message ?? headers['user-name'] ?? '';
  const head = [
    el('time', {}, timeOfDay(at)),
    el('span', { class: 'way', title: direction === 'in' ? 'received' : 'sent' }, direction === 'in' ? '←' : '→'),
    el('b', {}, command),
    el('span', { class: 'about' }, about),
    el('span', { class: 'size' }, bytes(size)),
  ];
  const attributes = { class: `frame ${direction}`, 'data-command': command };
  if (text === '') {
    return el('li', attributes, el('p', { class: 'row' }, ...head));
  }
  const shown = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}\n… ${count(text.length - MOST_TEXT, 'character', 'characters')} more` : text;
  return el('li', attributes, el('details', {}, el('summary', { class: 'row' }, ...head), el('pre', {}, shown)));
}
