import {
  type Attendance,
  type CarillonClient,
  CarillonError,
  chat,
  type Chat,
  type ChatPage,
  newKey,
  type Receipt,
  type Room,
  type RoomDetails,
} from '@carillon/client';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { complain } from '../../toasts.ts';
import { forgetWaiting, keepWaiting, type Waiting } from '../../waiting.ts';
import { type Stored, Timeline } from './timeline.ts';

/** How many messages are read at first, and then at once. */
const PAGE = 60;
const OLDER = 200;

/** How many pages are read to close a gap; beyond that it is cheaper to begin anew from the end. */
const CATCH_UP_PAGES = 20;
const LARGEST_PAGE = 200;

/** How many messages are looked for at once. */
const FOUND = 30;

/** How many messages are kept of a conversation that nobody looks at. */
const KEPT = 300;

/** How long somebody counts as typing, in milliseconds. */
const TYPING = 4000;

/** How long reading is noted together, in milliseconds. */
const MARKING = 600;

/** How often we tell that we type, in milliseconds. */
const TYPING_PAUSE = 1500;

export type Phase = 'idle' | 'loading' | 'ready' | 'refused';

/** What a room and a conversation of two have in common. */
export abstract class Conversation {
  readonly timeline: Timeline;
  readonly phase = signal<Phase>('idle');

  /** Why it was refused. */
  readonly error = signal<unknown>(undefined);
  readonly unread = signal(0);

  /** Whether somebody looks at its end. */
  isWatched = false;

  /** What was typed and not sent. */
  draft = '';

  /** A message that somebody wants to see in its place. */
  readonly wanted = signal<number | undefined>(undefined);

  protected readonly client: CarillonClient;
  protected readonly api: Chat;
  protected readonly user: string;
  #older: Promise<void> | undefined;

  constructor(client: CarillonClient, user: string) {
    this.client = client;
    this.api = chat(client);
    this.user = user;
    this.timeline = new Timeline(user);
  }

  /** Reads the newest messages, once. */
  open(): void {
    if (this.phase.peek() === 'idle' || this.phase.peek() === 'refused') {
      void this.load();
    }
  }

  /** Reads it again after it was refused. */
  retry(): void {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.phase.value = 'loading';
    this.error.value = undefined;
    try {
      await this.prepare();
      const { before } = await this.timeline.read(() => this.page({ limit: PAGE }));
      this.timeline.hasOlder = before !== undefined;
      this.phase.value = 'ready';
    } catch (error) {
      if (error instanceof CarillonError && error.code === 'closed') {
        return;
      }
      this.error.value = error;
      this.phase.value = 'refused';
    }
  }

  /** Reads what was said before. Several calls at once are one. */
  older(): Promise<void> {
    this.#older ??= this.#readOlder().finally(() => {
      this.#older = undefined;
    });
    return this.#older;
  }

  async #readOlder(): Promise<void> {
    const { oldest, hasOlder } = this.timeline;
    if (!hasOlder || oldest === undefined || this.phase.peek() !== 'ready') {
      return;
    }
    try {
      const { before } = await this.timeline.read(() => this.page({ before: oldest, limit: OLDER }));
      this.timeline.hasOlder = before !== undefined;
    } catch (error) {
      complain(error);
    }
  }

  /**
   * Says something. It is shown at once, and stays until the service has it or the user takes it back, also when the page
   * is loaded again.
   */
  send(text: string, replyTo?: number, key = newKey()): void {
    void this.#send({ key, text, ...(replyTo === undefined ? {} : { replyTo }) });
  }

  /** Sends what an earlier page of this window has left behind. The service may have had it all the time. */
  async resend(message: Waiting): Promise<void> {
    if (await this.#send(message)) {
      this.timeline.discard(message.key);
    }
  }

  /** Takes back what could not be sent. */
  discard(key: string): void {
    this.timeline.discard(key);
    forgetWaiting(this.user, this.place, key);
  }

  /** Says whether the service has it. */
  async #send(message: Waiting): Promise<boolean> {
    const { key, text, replyTo } = message;
    this.timeline.sending(key, text, replyTo);
    keepWaiting(this.user, this.place, message);
    try {
      await this.deliver(text, key, replyTo);
    } catch (error) {
      const failure = error instanceof CarillonError ? error : new CarillonError('internal', String(error));
      if (failure.code !== 'closed') {
        this.timeline.failed(key, failure);
      }
      if (failure.code !== 'closed' && failure.code !== 'timeout') {
        forgetWaiting(this.user, this.place, key);
      }
      return false;
    }
    forgetWaiting(this.user, this.place, key);
    return true;
  }

  /** Nobody looks at it any more. */
  leave(): void {
    this.isWatched = false;
    this.timeline.keep(KEPT);
  }

  /** The name of the room, or `@` and that of the other. */
  protected abstract get place(): string;
  protected abstract prepare(): Promise<void>;
  protected abstract page(part: { readonly before?: number; readonly limit: number }): Promise<ChatPage<Stored>>;
  protected abstract deliver(text: string, key: string, replyTo?: number): Promise<Receipt>;
}

/** A room. */
export class RoomConversation extends Conversation {
  readonly name: string;
  readonly details = signal<RoomDetails | undefined>(undefined);
  readonly attendance = signal<Attendance | undefined>(undefined);

  /** Up to which message the user had read when the room was opened; 0 for nothing. */
  readonly readUntil: Signal<number>;

  /** Who types, without ourselves. */
  readonly typists: ReadonlySignal<readonly string[]>;

  readonly #room: Room;
  readonly #typing = signal<ReadonlyMap<string, number>>(new Map());
  readonly #heard: (room: RoomConversation, message: Stored) => void;
  #following: Promise<void> | undefined;
  #knowsSurroundings = false;
  #toldTypingAt = 0;
  #marked = 0;
  #isMarking = false;

  /** @param heard told of each new message of somebody else */
  constructor(
    client: CarillonClient,
    user: string,
    name: string,
    heard: (room: RoomConversation, message: Stored) => void,
  ) {
    super(client, user);
    this.name = name;
    this.#heard = heard;
    this.#room = this.api.room(name);
    this.readUntil = signal(0);
    this.typists = computed(() => [...this.#typing.value.keys()]);
  }

  protected get place(): string {
    return this.name;
  }

  /** Follows what is said, to count what is unread. */
  follow(): Promise<void> {
    this.#following ??= this.#room
      .follow(
        (event) => {
          this.timeline.apply(event);
          if (event.type === 'message') {
            this.#stopsTyping(event.sender);
            if (event.sender !== this.user) {
              this.#heard(this, event);
            }
            if (this.phase.peek() === 'idle') {
              this.timeline.keep(KEPT);
            }
          }
        },
        {
          onGap: () => void this.#catchUp(),
          onState: (state, error) => {
            if (state === 'unsubscribed' && error !== undefined && error.code !== 'closed') {
              this.error.value = error;
              this.phase.value = 'refused';
              this.#following = undefined;
            }
          },
        },
      )
      .then(
        () => undefined,
        (error: unknown) => {
          this.#following = undefined;
          throw error;
        },
      );
    return this.#following;
  }

  protected async prepare(): Promise<void> {
    // The refusal of a room says more than that of its topic.
    this.details.value = await this.#room.details();
    await this.follow();
    if (!this.#knowsSurroundings) {
      this.#knowsSurroundings = true;
      const presence = this.#room.presence((attendance) => {
        this.attendance.value = attendance;
      });
      const typists = this.#room.typists(({ sender }) => this.#types(sender));
      Promise.all([presence, typists]).catch((error: unknown) => {
        this.#knowsSurroundings = false;
        complain(error);
      });
    }
  }

  async refresh(): Promise<void> {
    this.details.value = await this.#room.details();
  }

  protected page(part: { readonly before?: number; readonly limit: number }): Promise<ChatPage<Stored>> {
    return this.#room.history(part);
  }

  protected deliver(text: string, key: string, replyTo?: number): Promise<Receipt> {
    this.#toldTypingAt = 0;
    return this.#room.send(text, { key, ...(replyTo === undefined ? {} : { replyTo }) });
  }

  /** Looks for words, among what is older than a message if one is given. */
  search(query: string, before?: number): Promise<ChatPage<Stored>> {
    return this.#room.history({ query, limit: FOUND, ...(before === undefined ? {} : { before }) });
  }

  edit(id: number, text: string): Promise<unknown> {
    return this.#room.edit(id, text);
  }

  remove(id: number): Promise<unknown> {
    return this.#room.delete(id);
  }

  react(id: number, emoji: string): Promise<unknown> {
    const isMine = this.timeline.byId(id)?.mine.includes(emoji) === true;
    return this.#room.react(id, emoji, isMine ? 'remove' : 'add');
  }

  /** Tells the room that we type, now and then. */
  types(): void {
    const now = Date.now();
    if (now - this.#toldTypingAt > TYPING_PAUSE && this.client.state === 'connected') {
      this.#toldTypingAt = now;
      this.#room.typing().catch(() => undefined);
    }
  }

  /** Notes that all has been read, a moment later. */
  markRead(): void {
    const { newest } = this.timeline;
    this.unread.value = 0;
    if (newest === undefined || newest <= this.#marked || newest <= this.readUntil.peek()) {
      return;
    }
    this.#marked = newest;
    if (!this.#isMarking) {
      this.#isMarking = true;
      setTimeout(() => {
        this.#isMarking = false;
        this.#room.markRead(this.#marked).catch(() => undefined);
      }, MARKING);
    }
  }

  /** Another window of the user has read the room up to a message. */
  readElsewhere(id: number): void {
    if (id >= (this.timeline.newest ?? 0)) {
      this.unread.value = 0;
    }
  }

  #types(sender: string): void {
    if (sender !== this.user) {
      const until = Date.now() + TYPING;
      this.#typing.value = new Map(this.#typing.peek()).set(sender, until);
      setTimeout(() => {
        if (this.#typing.peek().get(sender) === until) {
          this.#stopsTyping(sender);
        }
      }, TYPING);
    }
  }

  #stopsTyping(sender: string): void {
    if (this.#typing.peek().has(sender)) {
      const others = new Map(this.#typing.peek());
      others.delete(sender);
      this.#typing.value = others;
    }
  }

  /**
   * Some of what happened did not reach us: it was too much, too long ago, or the service has started over. All of it is
   * stored, so it is read again, also what is on the page already and may have been edited.
   */
  async #catchUp(): Promise<void> {
    const { oldest } = this.timeline;
    if (oldest === undefined) {
      return;
    }
    try {
      this.timeline.keep(CATCH_UP_PAGES * LARGEST_PAGE - LARGEST_PAGE);
      let after = (this.timeline.oldest ?? oldest) - 1;
      for (let pages = 0; ; pages++) {
        const from = after;
        if (pages === CATCH_UP_PAGES) {
          // More was said than anybody reads: begin with the newest.
          this.timeline.keep(0);
          const { before } = await this.timeline.read(() => this.page({ limit: PAGE }));
          this.timeline.hasOlder = before !== undefined;
          return;
        }
        const page = await this.timeline.read(() => this.#room.history({ after: from, limit: LARGEST_PAGE }));
        if (page.after === undefined) {
          return;
        }
        after = page.after;
      }
    } catch (error) {
      complain(error);
    }
  }
}

/** What two people write each other. */
export class DirectConversation extends Conversation {
  readonly other: string;

  constructor(client: CarillonClient, user: string, other: string) {
    super(client, user);
    this.other = other;
  }

  protected get place(): string {
    return `@${this.other}`;
  }

  protected prepare(): Promise<void> {
    return Promise.resolve();
  }

  protected page(part: { readonly before?: number; readonly limit: number }): Promise<ChatPage<Stored>> {
    return this.api.conversation(this.other, part);
  }

  protected deliver(text: string, key: string): Promise<Receipt> {
    return this.api.direct(this.other, text, { key });
  }
}
