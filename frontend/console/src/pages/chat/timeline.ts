import type { CarillonError, ChatMessage } from '@carillon/client';
import { signal } from '@preact/signals';
import { oncePerFrame } from '../../frame.ts';

/** What was said, as it comes from the service: a message of a room or a direct one. */
export type Stored = Omit<ChatMessage, 'room'>;

/** What was said, as it is shown. */
export interface Entry extends Omit<Stored, 'id' | 'reactions' | 'mine'> {
  /** Names the entry for good, also while it becomes a stored one. */
  readonly name: string;

  /** `undefined` until the service has stored it. */
  readonly id: number | undefined;
  readonly reactions: Readonly<Record<string, number>>;
  readonly mine: readonly string[];
  readonly delivery: 'sending' | 'failed' | 'stored';
  readonly error?: CarillonError;
}

/** What may happen to messages. */
export type Happening =
  | ({ readonly type: 'message' | 'edited' | 'deleted' | 'direct' } & Stored)
  | {
      readonly type: 'reaction';
      readonly id: number;
      readonly by: string;
      readonly emoji: string;
      readonly action: 'add' | 'remove';
      readonly reactions: Readonly<Record<string, number>>;
    };

/**
 * The messages of one conversation: a piece of its history that reaches to the end, and what is on its way there. Each
 * message is in it once, whichever ways it came.
 */
export class Timeline {
  /** Rises when something has changed, at most once for each picture. */
  readonly version = signal(0);

  /** Whether there is more before the first one. */
  hasOlder = true;

  readonly #user: string;
  readonly #changed = oncePerFrame(() => {
    this.version.value++;
  });
  #stored: Entry[] = [];
  #pending: Entry[] = [];

  /** What has happened while pages are being read; a page may be older than that. */
  #meanwhile: Happening[] = [];
  #reads = 0;

  /** @param user whose messages and reactions are one's own */
  constructor(user: string) {
    this.#user = user;
  }

  get count(): number {
    return this.#stored.length + this.#pending.length;
  }

  get pending(): number {
    return this.#pending.length;
  }

  at(index: number): Entry | undefined {
    return this.#stored[index] ?? this.#pending[index - this.#stored.length];
  }

  /** The id of the first stored message. */
  get oldest(): number | undefined {
    return this.#stored[0]?.id;
  }

  /** The id of the last stored message. */
  get newest(): number | undefined {
    return this.#stored.at(-1)?.id;
  }

  /** Where a stored message is; -1 if it is not here. */
  indexOf(id: number): number {
    const index = this.#place(id);
    return this.#stored[index]?.id === id ? index : -1;
  }

  byId(id: number): Entry | undefined {
    return this.#stored[this.indexOf(id)];
  }

  /** The last one that the user wrote, unless it cannot be edited yet because it is still on its way. */
  lastOwn(): Entry | undefined {
    if (this.#pending.some(({ delivery }) => delivery === 'sending')) {
      return undefined;
    }
    return this.#stored.findLast((entry) => entry.sender === this.#user && entry.deletedAt === undefined);
  }

  /** Something has happened. */
  apply(happening: Happening): void {
    if (this.#reads > 0) {
      this.#meanwhile.push(happening);
    }
    this.#take(happening);
    this.#changed();
  }

  /** Reads a page and puts it in its place; what has happened meanwhile is newer than the page. */
  async read<P extends { readonly messages: readonly Stored[] }>(load: () => Promise<P>): Promise<P> {
    this.#reads++;
    try {
      const page = await load();
      this.#merge(page.messages);
      this.#meanwhile.forEach((happening) => this.#take(happening));
      return page;
    } finally {
      if (--this.#reads === 0) {
        this.#meanwhile = [];
      }
      this.#changed();
    }
  }

  /** Forgets all but the last ones; they can be read again. */
  keep(count: number): void {
    if (this.#stored.length > count) {
      this.#stored = this.#stored.slice(this.#stored.length - count);
      this.hasOlder = true;
      this.#changed();
    }
  }

  // What is on its way

  /** Shows a message that is being sent. */
  sending(key: string, text: string, replyTo: number | undefined): void {
    if (this.#pending.some((entry) => entry.key === key) || this.#findByKey(key)) {
      this.#change(key, { delivery: 'sending' });
      return;
    }
    this.#pending.push({
      name: nameOf(key),
      id: undefined,
      key,
      sender: this.#user,
      text,
      sentAt: Date.now(),
      ...(replyTo === undefined ? {} : { replyTo }),
      reactions: {},
      mine: [],
      delivery: 'sending',
    });
    this.#changed();
  }

  failed(key: string, error: CarillonError): void {
    this.#change(key, { delivery: 'failed', error });
  }

  /** Takes back what could not be sent. */
  discard(key: string): void {
    this.#pending = this.#pending.filter((entry) => entry.key !== key);
    this.#changed();
  }

  #change(key: string, changes: Partial<Entry>): void {
    this.#pending = this.#pending.map((entry) => (entry.key === key ? { ...entry, ...changes } : entry));
    this.#changed();
  }

  #findByKey(key: string): boolean {
    return this.#stored.some((entry) => entry.key === key && entry.sender === this.#user);
  }

  // What is stored

  #take(happening: Happening): void {
    if (happening.type === 'reaction') {
      this.#update(happening.id, (entry) => ({
        ...entry,
        reactions: happening.reactions,
        mine: happening.by === this.#user ? withReaction(entry.mine, happening) : entry.mine,
      }));
    } else if (happening.type === 'message' || happening.type === 'direct') {
      this.#insert(happening);
    } else {
      this.#update(happening.id, (entry) => ({ ...this.#entry(happening), ...reactionsOf(entry) }));
    }
  }

  #insert(message: Stored): void {
    const index = this.#place(message.id);
    if (this.#stored[index]?.id === message.id) {
      return;
    }
    if (index === this.#stored.length) {
      this.#stored.push(this.#entry(message));
    } else if (index > 0 || !this.hasOlder) {
      this.#stored.splice(index, 0, this.#entry(message));
    }
    this.#arrived([message]);
  }

  #merge(messages: readonly Stored[]): void {
    const found = messages.map((message) => this.#entry(message));
    const first = found[0]?.id;
    const last = found.at(-1)?.id;
    if (first === undefined || last === undefined) {
      return;
    }
    const before = this.#stored.slice(0, this.#place(first));
    const after = this.#stored.slice(this.#place(last + 1));
    this.#stored = [...before, ...found, ...after];
    this.#arrived(messages);
  }

  /** What has been stored is not on its way any more. */
  #arrived(messages: readonly Stored[]): void {
    if (this.#pending.length > 0) {
      const own = messages.filter(({ sender }) => sender === this.#user);
      this.#pending = this.#pending.filter((entry) => !own.some(({ key }) => key === entry.key));
    }
  }

  #update(id: number, change: (entry: Entry) => Entry): void {
    const index = this.indexOf(id);
    const entry = this.#stored[index];
    if (entry !== undefined) {
      this.#stored[index] = change(entry);
    }
  }

  #entry(message: Stored): Entry {
    const { reactions = {}, mine = [], ...rest } = message;
    const isOwn = message.sender === this.#user && message.key !== undefined;
    const name = isOwn ? nameOf(message.key) : `m${message.id}`;
    return { ...rest, name, reactions, mine, delivery: 'stored' };
  }

  /** The first place whose message is not older. */
  #place(id: number): number {
    let low = 0;
    let high = this.#stored.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#stored[middle]?.id ?? 0) < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function nameOf(key: string | undefined): string {
  return `k${key}`;
}

function reactionsOf({ reactions, mine }: Entry): Pick<Entry, 'reactions' | 'mine'> {
  return { reactions, mine };
}

function withReaction(
  mine: readonly string[],
  { emoji, action }: { readonly emoji: string; readonly action: 'add' | 'remove' },
): readonly string[] {
  const others = mine.filter((one) => one !== emoji);
  return action === 'add' ? [...others, emoji] : others;
}
