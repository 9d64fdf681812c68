import {
  type CarillonClient,
  chat,
  type Chat,
  type ChatMessage,
  type RoomDetails,
  type RoomSummary,
} from '@carillon/client';
import { computed, signal } from '@preact/signals';
import { client } from '../../connection.ts';
import { href } from '../../router.ts';
import { who, type Who } from '../../session.ts';
import { recall, remember } from '../../storage.ts';
import { complain, notify } from '../../toasts.ts';
import { waitingOf } from '../../waiting.ts';
import { DirectConversation, RoomConversation } from './conversation.ts';
import { t } from './messages.ts';
import type { Stored } from './timeline.ts';

/** How many rooms are followed at once to count what is unread. */
const FOLLOWED = 40;

/** How many people are remembered to whom one has written. */
const REMEMBERED = 30;

/** What the chat knows, for one user and one client. */
export class ChatStore {
  readonly who: Who;

  /** `undefined` until they have been read. */
  readonly rooms = signal<readonly RoomSummary[] | undefined>(undefined);
  readonly error = signal<unknown>(undefined);

  /** With whom one has written, the last one first. */
  readonly people = signal<readonly string[]>([]);

  /** How many messages are unread in all. */
  readonly unread = computed(() => {
    this.rooms.value?.forEach(({ name }) => this.room(name).unread.value);
    return [...this.#rooms.values(), ...this.#directs.values()].reduce((sum, { unread }) => sum + unread.value, 0);
  });

  readonly #client: CarillonClient;
  readonly #api: Chat;
  readonly #rooms = new Map<string, RoomConversation>();
  readonly #directs = new Map<string, DirectConversation>();

  constructor(connected: CarillonClient, user: Who) {
    this.#client = connected;
    this.#api = chat(connected);
    this.who = user;
    this.people.value = this.#recalled();
    this.load();
    if (!user.guest) {
      this.#followOwn();
      this.#resend();
    }
  }

  /** Reads the rooms. */
  load(): void {
    this.error.value = undefined;
    this.#api.rooms().then(
      (rooms) => {
        this.rooms.value = rooms;
        rooms.forEach((summary) => {
          const room = this.room(summary.name);
          room.unread.value = room.isWatched ? 0 : (summary.unread ?? 0);
          if (room.phase.peek() === 'idle') {
            room.readUntil.value = summary.lastRead ?? 0;
          }
        });
        this.#followKnown(rooms);
      },
      (error: unknown) => {
        // Those that are known stay; the badge says that there is no connection.
        this.error.value = error;
      },
    );
  }

  room(name: string): RoomConversation {
    let room = this.#rooms.get(name);
    if (room === undefined) {
      room = new RoomConversation(this.#client, this.who.user, name, (heard, message) => this.#count(heard, message));
      this.#rooms.set(name, room);
    }
    return room;
  }

  direct(other: string): DirectConversation {
    let direct = this.#directs.get(other);
    if (direct === undefined) {
      direct = new DirectConversation(this.#client, this.who.user, other);
      this.#directs.set(other, direct);
    }
    return direct;
  }

  async create(room: {
    readonly name: string;
    readonly description: string;
    readonly access: 'public' | 'members';
  }): Promise<RoomDetails> {
    const made = await this.#api.createRoom(room);
    this.load();
    return made;
  }

  /** Puts somebody at the head of those one writes with. */
  meet(other: string): void {
    if (this.people.peek()[0] !== other) {
      this.people.value = [other, ...this.people.peek().filter((name) => name !== other)].slice(0, REMEMBERED);
      remember(`people.${this.who.user}`, JSON.stringify(this.people.peek()));
    }
  }

  /** Takes somebody off the list; what was written stays with the service. */
  forget(other: string): void {
    this.people.value = this.people.peek().filter((name) => name !== other);
    remember(`people.${this.who.user}`, JSON.stringify(this.people.peek()));
  }

  #recalled(): readonly string[] {
    try {
      const names: unknown = JSON.parse(recall(`people.${this.who.user}`) ?? '[]');
      return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    } catch {
      return [];
    }
  }

  /** Sends what waited when this window was loaded again. */
  #resend(): void {
    for (const [place, messages] of waitingOf(this.who.user)) {
      const conversation = place.startsWith('@') ? this.direct(place.slice(1)) : this.room(place);
      messages.forEach((message) => void conversation.resend(message));
    }
  }

  /** Rooms in which the user has been before are followed, so that what is new in them shows. */
  #followKnown(rooms: readonly RoomSummary[]): void {
    rooms
      .filter(({ rank, lastRead }) => rank !== undefined || lastRead !== undefined)
      .slice(0, FOLLOWED)
      .forEach(({ name }) => {
        this.room(name)
          .follow()
          .catch(() => undefined);
      });
  }

  #followOwn(): void {
    this.#api
      .personal(
        (event) => {
          if (event.type === 'read') {
            this.#rooms.get(event.room)?.readElsewhere(event.id);
            return;
          }
          const other = event.sender === this.who.user ? event.to : event.sender;
          const direct = this.direct(other);
          direct.timeline.apply(event);
          this.meet(other);
          if (event.sender !== this.who.user && !direct.isWatched) {
            direct.unread.value++;
          }
        },
        {
          onGap: () =>
            this.#directs.forEach((direct) => {
              if (direct.phase.peek() === 'ready') {
                direct.retry();
              }
            }),
        },
      )
      .catch(complain);
    this.#api.mentions((message) => this.#mentioned(message)).catch(complain);
  }

  #mentioned(message: ChatMessage): void {
    if (this.#rooms.get(message.room)?.isWatched !== true) {
      notify('info', t('mention', { sender: message.sender, room: message.room, text: message.text ?? '' }), {
        href: href('chat', message.room),
        text: t('mention.open', { room: message.room }),
      });
    }
  }

  #count(room: RoomConversation, _: Stored): void {
    if (room.isWatched) {
      room.markRead();
    } else if (!this.who.guest) {
      room.unread.value++;
    }
  }
}

let current: { readonly client: CarillonClient; readonly user: string; readonly store: ChatStore } | undefined;

/** The chat of the present client and user. */
export function chatStore(): ChatStore {
  const connected = client.value;
  const { user } = who.value;
  if (current?.client !== connected || current.user !== user) {
    current = { client: connected, user, store: new ChatStore(connected, who.peek()) };
  }
  return current.store;
}
