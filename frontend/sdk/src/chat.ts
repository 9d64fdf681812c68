import { newKey } from './keys.ts';
import type { CarillonClient, Message, Receipt, SubscribeOptions, Subscription } from './types.ts';

/** A message of a room. Times are in milliseconds since 1970. */
export interface ChatMessage {
  /** Rises within the room, and over all rooms. */
  readonly id: number;
  readonly room: string;
  readonly sender: string;

  /** Absent when the message was deleted. */
  readonly text?: string;
  readonly sentAt: number;

  /** The id of the message it answers. */
  readonly replyTo?: number;
  readonly editedAt?: number;
  readonly deletedAt?: number;

  /** What its sender named it: how a client knows its own message again. */
  readonly key?: string;

  /** How many users reacted with which emoji. */
  readonly reactions?: Readonly<Record<string, number>>;

  /** With which emoji the reader reacted; only in history. */
  readonly mine?: readonly string[];
}

/** A message from one user to another. */
export interface DirectMessage {
  readonly id: number;
  readonly sender: string;
  readonly to: string;
  readonly text: string;
  readonly sentAt: number;
  readonly key?: string;
}

/** What happens in a room. */
export type RoomEvent =
  | ({ readonly type: 'message' | 'edited' } & ChatMessage)
  | ({ readonly type: 'deleted'; readonly by: string } & ChatMessage)
  | {
      readonly type: 'reaction';
      readonly id: number;
      readonly room: string;
      readonly by: string;
      readonly emoji: string;
      readonly action: 'add' | 'remove';
      readonly reactions: Readonly<Record<string, number>>;
    };

/** What concerns one user: direct messages, and how far they have read on any device. */
export type PersonalEvent =
  ({ readonly type: 'direct' } & DirectMessage) | { readonly type: 'read'; readonly room: string; readonly id: number };

/** Somebody types. */
export interface TypingEvent {
  readonly type: 'typing';
  readonly room: string;
  readonly sender: string;
  readonly at: number;
}

/** Who is in a room. */
export interface Attendance {
  /** How many people, guests among them. */
  readonly count: number;
  readonly guests: number;

  /** Their names in order, without guests; empty in a crowd. */
  readonly users: readonly string[];

  /** Whether the lists are complete. */
  readonly exact: boolean;
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

/** What a user is in a room. */
export type Rank = 'member' | 'moderator' | 'owner';

/** A room in a list. */
export interface RoomSummary {
  readonly name: string;
  readonly description: string;
  readonly access: 'public' | 'members';
  readonly rank?: Rank;

  /** How many messages the user has not read. */
  readonly unread?: number;
  readonly lastRead?: number;
}

/** A room. */
export interface RoomDetails {
  readonly name: string;
  readonly description: string;
  readonly access: 'public' | 'members';
  readonly slowSeconds: number;
  readonly createdBy?: string;
  readonly createdAt: number;
  readonly members?: Readonly<Record<string, Rank>>;
}

/** Part of a history, the oldest first. */
export interface ChatPage<M = ChatMessage> {
  readonly messages: readonly M[];

  /** What to ask for next when paging back; absent at the beginning. */
  readonly before?: number;

  /** What to ask for next when paging forward. */
  readonly after?: number;
}

/** Which part of a history. */
export interface PageRequest {
  readonly before?: number;
  readonly after?: number;
  readonly limit?: number;

  /** Words to search for. */
  readonly query?: string;
}

/** One room. */
export interface Room {
  readonly name: string;

  /** Follows what happens. */
  follow(handler: (event: RoomEvent, message: Message) => void, options?: SubscribeOptions): Promise<Subscription>;

  /** Follows who is there. */
  presence(handler: (attendance: Attendance) => void, options?: SubscribeOptions): Promise<Subscription>;

  /** Follows who types. */
  typists(handler: (event: TypingEvent) => void, options?: SubscribeOptions): Promise<Subscription>;

  /**
   * Says something; resolves when it is stored. The key comes back with the message, so that a page can show it as
   * pending and know it again.
   */
  send(text: string, options?: { readonly replyTo?: number; readonly key?: string }): Promise<Receipt>;

  edit(id: number, text: string): Promise<Receipt>;
  delete(id: number): Promise<Receipt>;
  react(id: number, emoji: string, action?: 'add' | 'remove'): Promise<Receipt>;

  /** Tells the room that the user types; once a second is enough. */
  typing(): Promise<Receipt>;

  /** Notes up to which message the user has read. */
  markRead(id: number): Promise<Receipt>;

  history(page?: PageRequest): Promise<ChatPage>;
  details(): Promise<RoomDetails>;

  /** Changes what the room is for or who may read it; what is absent stays. For owners. */
  describe(changes: { readonly description?: string; readonly access?: 'public' | 'members' }): Promise<RoomDetails>;

  /** Lets somebody in, as a member by default, or changes a rank. Moderators let members in, the rest is for owners. */
  putMember(user: string, rank?: Rank): Promise<RoomDetails>;

  /** Ends a membership: one's own, for moderators that of a member, for owners any. */
  removeMember(user: string): Promise<void>;

  /** Keeps somebody from writing, in seconds, at most 30 days; 0 ends it. For moderators. */
  mute(user: string, seconds: number): Promise<Receipt>;

  /** Sets how long everybody but moderators waits between two messages, in seconds; 0 ends it. For moderators. */
  slow(seconds: number): Promise<Receipt>;
}

/** Rooms and direct messages. Errors are `CarillonError`s: `access-denied`, `not-found`, `rate-limited` … */
export interface Chat {
  rooms(): Promise<readonly RoomSummary[]>;
  createRoom(room: {
    readonly name: string;
    readonly description?: string;
    readonly access?: 'public' | 'members';
  }): Promise<RoomDetails>;
  room(name: string): Room;

  /** Follows what is for this user alone. */
  personal(handler: (event: PersonalEvent) => void, options?: SubscribeOptions): Promise<Subscription>;

  /** Follows messages that mention this user. */
  mentions(handler: (message: ChatMessage) => void, options?: SubscribeOptions): Promise<Subscription>;

  /** Writes to another user. */
  direct(to: string, text: string, options?: { readonly key?: string }): Promise<Receipt>;

  /** What this user and another one wrote each other. */
  conversation(other: string, page?: Pick<PageRequest, 'before' | 'limit'>): Promise<ChatPage<DirectMessage>>;
}

/** The chat of the service. Also shows how to write such a part for topics of your own. */
export function chat(client: CarillonClient): Chat {
  const get = <T>(path: string): Promise<T> => client.http<T>({ method: 'GET', path });
  return {
    rooms: () => get('/api/rooms'),
    createRoom: (body) => client.http({ method: 'POST', path: '/api/rooms', body }),
    room: (name) => room(client, name),
    personal: (handler, options) =>
      client.subscribe<PersonalEvent>('/user/queue/chat', ({ body }) => handler(body), options),
    mentions: (handler, options) =>
      client.subscribe<ChatMessage>('/user/queue/mentions', ({ body }) => handler(body), options),
    direct: (to, text, options) => client.publish('/app/chat.direct', { to, text }, options),
    conversation: (other, page) => get(`/api/direct/${encodeURIComponent(other)}/messages${query(page)}`),
  };
}

function room(client: CarillonClient, name: string): Room {
  const path = `/api/rooms/${encodeURIComponent(name)}`;
  const member = (user: string): string => `${path}/members/${encodeURIComponent(user)}`;
  const tell = (what: string, body: object): Promise<Receipt> => client.publish(`/app/chat.${name}.${what}`, body);
  return {
    name,
    follow: (handler, options) =>
      client.subscribe<RoomEvent>(`/topic/chat.${name}`, (message) => handler(message.body, message), options),
    presence: (handler, options) =>
      client.subscribe<Attendance>(`/topic/presence.chat.${name}`, ({ body }) => handler(body), options),
    typists: (handler, options) =>
      client.subscribe<TypingEvent>(`/topic/typing.${name}`, ({ body }) => handler(body), { replay: 0, ...options }),
    send: (text, { replyTo, key = newKey() } = {}) => {
      const body = { text, ...(replyTo === undefined ? {} : { replyTo }) };
      return client.publish(`/app/chat.${name}.send`, body, { key });
    },
    edit: (id, text) => tell('edit', { id, text }),
    delete: (id) => tell('delete', { id }),
    react: (id, emoji, action = 'add') => tell('react', { id, emoji, action }),
    typing: () => tell('typing', {}),
    markRead: (id) => tell('read', { id }),
    history: (page) => client.http({ method: 'GET', path: `${path}/messages${query(page)}` }),
    details: () => client.http({ method: 'GET', path }),
    describe: (body) => client.http({ method: 'PATCH', path, body }),
    putMember: (user, rank = 'member') => client.http({ method: 'PUT', path: member(user), body: { rank } }),
    removeMember: (user) => client.http({ method: 'DELETE', path: member(user) }),
    mute: (user, seconds) => tell('mute', { user, seconds }),
    slow: (seconds) => tell('slow', { seconds }),
  };
}

function query(page: PageRequest = {}): string {
  const parameters = Object.entries(page).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]]));
  return parameters.length === 0 ? '' : `?${new URLSearchParams(parameters).toString()}`;
}
