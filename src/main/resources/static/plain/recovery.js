import { byId, count, duration, el, setText } from './dom.js';

/** Shows what becomes of each subscription when the connection is cut and comes back. */
export class Recovery {
  #link;

  constructor(link) {
    this.#link = link;
    link.addEventListener('recovery', ({ detail }) => this.#summarize(detail));
    link.addEventListener('state', ({ detail }) => this.#state(detail));
    setInterval(() => this.#draw(), 250);
  }

  #state({ state, until, lastCode }) {
    if (state === 'waiting') {
      const place = this.#link.subscriptions.filter(({ ledger }) => ledger.resumeFrom !== '').length;
      const why = lastCode ? `Cut (${lastCode.number} ${lastCode.name})` : 'Cut';
      const next = `Next attempt in ${duration(until - Date.now())}`;
      this.#say('away', `${why}. ${next}; the place of ${count(place, 'subscription', 'subscriptions')} is kept.`);
    }
  }

  #summarize({ awayMillis, attempts, subscriptions, recovered, replayed, missed, resent }) {
    const sentences = [
      `Back after ${duration(awayMillis)} and ${count(attempts, 'attempt', 'attempts')}.`,
      `${recovered} of ${count(subscriptions, 'subscription', 'subscriptions')} continued where they stopped.`,
      `${count(replayed, 'message', 'messages')} of that time came late, ${missed} missed, ${this.#doubled()} twice.`,
    ];
    if (resent > 0) {
      sentences.push(`${count(resent, 'message', 'messages')} kept here meanwhile went out.`);
    }
    this.#say(missed === 0 && recovered === subscriptions ? 'whole' : 'lossy', sentences.join(' '));
  }

  #doubled() {
    return this.#link.subscriptions.reduce((sum, { ledger }) => sum + ledger.doubled, 0);
  }

  #say(kind, text) {
    byId('recovery').dataset.kind = kind;
    setText(byId('recovery'), text);
  }

  #draw() {
    const body = byId('subscriptions');
    const shown = new Map([...body.children].map((row) => [row.dataset.id, row]));
    for (const subscription of this.#link.subscriptions) {
      const row = shown.get(subscription.id) ?? newRow(subscription, body);
      shown.delete(subscription.id);
      fill(row, subscription);
    }
    shown.forEach((row) => row.remove());
  }
}

function newRow({ id, destination }, body) {
  const name = el('th', { scope: 'row' }, el('code', {}, destination), el('span', { class: 'hint' }));
  const cells = ['received', 'replayed', 'missed', 'twice'].map((cell) => el('td', { class: 'number', 'data-cell': cell }));
  const row = el('tr', { 'data-id': id, 'data-destination': destination }, name, ...cells);
  body.append(row);
  return row;
}

function fill(row, subscription) {
  const { ledger } = subscription;
  const [received, replayed, missed, twice] = row.querySelectorAll('td');
  setText(row.querySelector('.hint'), place(subscription));
  setText(received, String(ledger.received));
  setText(replayed, String(ledger.replayed));
  setText(missed, String(ledger.missed));
  setText(twice, String(ledger.doubled));
  row.dataset.state = subscription.state;
  row.dataset.recovered = String(subscription.recovered);
}

function place({ state, refusal, recovered, resumed, ledger }) {
  if (state === 'refused') {
    return refusal;
  }
  const at = ledger.topics > 1 ? count(ledger.topics, 'topic', 'topics') : ledger.resumeFrom;
  if (state !== 'subscribed') {
    return at === '' ? state : `resume-from ${at}`;
  }
  const how = resumed ? `, recovered:${recovered}` : '';
  return at === '' ? `subscribed${how}` : `at ${at}${how}`;
}
