import { byId, count, el, setText, timeOfDay } from './dom.js';

const ROOMS = ['general', 'random'];

const DIRECT = 'direct';

/** How many messages of a conversation stay on the page. */
const MOST_MESSAGES = 300;

const HISTORY = 50;

/** How long "is typing" stands without being said again, in milliseconds. */
const TYPING_MILLIS = 3000;

/**
 * Rooms and direct messages. A message stands as pending until the service has confirmed it, and history and live
 * messages meet by id, so that each stands once.
 */
export class Chat {
  #link;
  #conversations = new Map();
  #current = ROOMS[0];
  #following = [];
  #typists = new Map();
  #lastTyping = 0;
  #people = new Set();

  constructor(link) {
    this.#link = link;
    for (const name of [...ROOMS, DIRECT]) {
      this.#conversations.set(name, new Map());
    }
    this.#buildTabs();
    byId('compose').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    byId('text').addEventListener('input', () => this.#sayTyping());
    link.addEventListener('state', () => this.#showRights());
    setInterval(() => this.#showTyping(), 500);
  }

  /** Begins to follow the current conversation. */
  enter(name = this.#current) {
    this.#following.forEach((subscription) => subscription.unsubscribe());
    this.#following = [];
    this.#current = name;
    this.#typists.clear();
    setText(byId('online'), '');
    for (const tab of byId('rooms').children) {
      tab.setAttribute('aria-pressed', String(tab.dataset.room === name));
    }
    byId('to-field').hidden = name !== DIRECT;
    this.#redraw();
    this.#showRights();
    if (name !== DIRECT) {
      this.#followRoom(name);
    }
  }

  /** Follows what is meant for this person alone; guests have nothing of the kind. */
  followDirect() {
    return this.#link.subscribe('/user/queue/chat', (event) => this.#happened(DIRECT, event));
  }

  /** Forgets what only the person who was signed in before may see. */
  forgetPerson() {
    this.#conversations.get(DIRECT).clear();
    this.enter();
  }

  #followRoom(room) {
    this.#following = [
      this.#link.subscribe(
        `/topic/chat.${room}`,
        (event) => this.#happened(room, event),
        ({ recovered, refusal }) => {
          if (refusal) {
            this.#note(refusal.message);
          } else if (recovered !== true) {
            this.#loadHistory(room);
          }
        },
      ),
      this.#link.subscribe(`/topic/presence.chat.${room}`, (presence) => this.#showOnline(presence)),
      this.#link.subscribe(`/topic/typing.${room}`, (event) => this.#typed(event)),
    ];
  }

  async #loadHistory(room) {
    try {
      const answer = await fetch(`/api/rooms/${room}/messages?limit=${HISTORY}`);
      if (!answer.ok) {
        throw new Error(`The history of ${room} is not available (HTTP ${answer.status})`);
      }
      const { messages } = await answer.json();
      messages.forEach((message) => this.#happened(room, message));
    } catch (failure) {
      this.#note(failure.message);
    }
  }

  #happened(name, event) {
    const messages = this.#conversations.get(name);
    const known = messages.get(event.id);
    switch (event.type) {
      case 'message':
      case 'direct':
        messages.delete(`pending-${event.key}`);
        messages.set(event.id, { ...event, ...(known?.editedAt > (event.editedAt ?? 0) ? known : {}) });
        this.#typists.delete(event.sender);
        break;
      case 'edited':
      case 'deleted':
        messages.set(event.id, { ...known, ...event, type: 'message', isDeleted: event.type === 'deleted' });
        break;
      case 'reaction':
        if (known) {
          known.reactions = event.reactions;
        }
        break;
      default:
        return;
    }
    if (event.type === 'direct' && event.sender !== this.#link.userName) {
      this.#meet(event.sender);
    }
    this.#trim(messages);
    if (name === this.#current) {
      this.#redraw();
    } else if (event.type === 'direct') {
      byId('rooms').querySelector(`[data-room="${DIRECT}"]`).dataset.unread = 'true';
    }
  }

  #trim(messages) {
    const numbers = [...messages.keys()].filter((id) => typeof id === 'number').sort((a, b) => a - b);
    numbers.slice(0, Math.max(0, numbers.length - MOST_MESSAGES)).forEach((id) => messages.delete(id));
  }

  #submit() {
    const input = byId('text');
    const text = input.value.trim();
    const to = byId('to').value.trim();
    const isDirect = this.#current === DIRECT;
    if (text === '' || (isDirect && to === '')) {
      (text === '' ? input : byId('to')).focus();
      return;
    }
    const name = this.#current;
    const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const pending = { id: `pending-${key}`, type: 'message', sender: this.#link.userName, to, text, sentAt: Date.now() };
    this.#conversations.get(name).set(pending.id, { ...pending, isPending: true });
    input.value = '';
    this.#note('');
    this.#redraw();
    this.#link
      .send(isDirect ? '/app/chat.direct' : `/app/chat.${name}.send`, isDirect ? { to, text } : { text }, key)
      .then(
        () => this.#confirmed(name, pending.id),
        (refusal) => this.#failed(name, pending.id, refusal),
      );
  }

  #confirmed(name, id) {
    const pending = this.#conversations.get(name).get(id);
    if (pending) {
      pending.isPending = false;
      this.#redraw();
    }
  }

  #failed(name, id, refusal) {
    const pending = this.#conversations.get(name).get(id);
    this.#conversations.get(name).delete(id);
    this.#redraw();
    this.#note(refusal.message);
    if (pending && byId('text').value === '') {
      byId('text').value = pending.text;
    }
  }

  #sayTyping() {
    const now = Date.now();
    if (this.#current !== DIRECT && this.#link.isSignedIn && now - this.#lastTyping > TYPING_MILLIS / 2) {
      this.#lastTyping = now;
      this.#link.whisper(`/app/chat.${this.#current}.typing`, {});
    }
  }

  #typed({ sender }) {
    if (sender !== this.#link.userName) {
      this.#typists.set(sender, Date.now() + TYPING_MILLIS);
      this.#showTyping();
    }
  }

  #showTyping() {
    const now = Date.now();
    const names = [...this.#typists].filter(([, until]) => until > now).map(([name]) => name);
    setText(byId('typing'), names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} typing`);
  }

  #showOnline({ count: online, guests = 0, users = [] }) {
    const others = guests > 0 ? [count(guests, 'guest', 'guests')] : [];
    const names = [...users.slice(0, 12), ...others].join(', ');
    setText(byId('online'), names === '' ? `${online} online` : `${online} online: ${names}`);
    users.filter((user) => user !== this.#link.userName).forEach((user) => this.#meet(user));
  }

  /** Somebody one could write to. */
  #meet(person) {
    if (!this.#people.has(person)) {
      this.#people.add(person);
      byId('people').append(el('option', { value: person }));
    }
  }

  #showRights() {
    const { isSignedIn, state } = this.#link;
    const mayWrite = isSignedIn || (state !== 'connected' && this.#link.isForSomebody);
    for (const id of ['text', 'to', 'send']) {
      byId(id).disabled = !mayWrite;
    }
    byId('text').placeholder = mayWrite ? '' : 'Sign in to write';
  }

  #note(text) {
    setText(byId('chat-note'), text);
  }

  #buildTabs() {
    for (const name of [...ROOMS, DIRECT]) {
      const label = name === DIRECT ? 'Direct' : `#${name}`;
      const tab = el('button', { type: 'button', 'data-room': name, 'aria-pressed': 'false' }, label);
      tab.addEventListener('click', () => {
        delete tab.dataset.unread;
        this.enter(name);
      });
      byId('rooms').append(tab);
    }
  }

  #redraw() {
    const list = byId('messages');
    const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    const messages = [...this.#conversations.get(this.#current).values()].sort(byOrder);
    const items = messages.map((message) => this.#item(message));
    list.replaceChildren(...(items.length > 0 ? items : [this.#empty()]));
    if (wasAtEnd) {
      list.scrollTop = list.scrollHeight;
    }
  }

  #empty() {
    const text = this.#current === DIRECT ? 'No direct messages yet.' : 'Nothing has been said here yet.';
    return el('li', { class: 'none' }, text);
  }

  #item(message) {
    const own = message.sender === this.#link.userName;
    const classes = ['message', own ? 'own' : '', message.isPending ? 'pending' : ''].join(' ').trim();
    const head = el('p', { class: 'by' }, el('b', {}, message.sender));
    if (message.to) {
      head.append(el('span', { class: 'to' }, `to ${message.to}`));
    }
    head.append(el('time', { datetime: new Date(message.sentAt).toISOString() }, timeOfDay(message.sentAt)));
    if (message.editedAt && !message.isDeleted) {
      head.append(el('span', { class: 'mark' }, 'edited'));
    }
    if (message.isPending) {
      head.append(el('span', { class: 'mark' }, 'sending …'));
    }
    const gone = message.isDeleted || message.deletedAt;
    const body = gone ? el('p', { class: 'gone' }, 'deleted') : el('p', { class: 'said' }, message.text ?? '');
    const item = el('li', { class: classes }, head, body);
    const reactions = Object.entries(message.reactions ?? {});
    if (reactions.length > 0) {
      item.append(el('p', { class: 'reactions' }, reactions.map(([emoji, n]) => `${emoji} ${n}`).join('  ')));
    }
    return item;
  }
}

/** By id, with what has none yet at the end. */
function byOrder(a, b) {
  const first = typeof a.id === 'number' ? a.id : Infinity;
  const second = typeof b.id === 'number' ? b.id : Infinity;
  return first === second ? a.sentAt - b.sentAt : first - second;
}
