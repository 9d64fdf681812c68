import {
  type CarillonClient,
  CarillonError,
  type Gap,
  type HttpRequest,
  type Message,
  type SubscribeOptions,
} from '@carillon/client';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { RoomConversation } from '../src/pages/chat/conversation.ts';
import type { Stored } from '../src/pages/chat/timeline.ts';
import { waitingOf } from '../src/waiting.ts';

const GAP: Gap = {
  destination: '/topic/chat.general',
  from: 'a-1',
  to: undefined,
  count: undefined,
  reason: 'restarted',
};

/** A service with one room, as far as a conversation sees it. */
class Room {
  readonly history: Stored[] = [];
  readonly sent: { readonly destination: string; readonly body: unknown; readonly key: string | undefined }[] = [];
  readonly asked: string[] = [];
  refuses: CarillonError | undefined;
  deny: CarillonError | undefined;
  #hand: ((message: Message<never>) => void) | undefined;
  #options: SubscribeOptions | undefined;

  readonly client = {
    state: 'connected',
    subscribe: (destination: string, handler: (message: Message<never>) => void, options: SubscribeOptions = {}) => {
      if (destination === '/topic/chat.general') {
        this.#hand = handler;
        this.#options = options;
      }
      return Promise.resolve({
        destination,
        state: 'subscribed',
        position: 'a-1',
        unsubscribe: () => Promise.resolve(),
      });
    },
    publish: (destination: string, body: unknown, { key }: { readonly key?: string } = {}) => {
      this.sent.push({ destination, body, key });
      return this.refuses === undefined ? Promise.resolve({ key, position: undefined }) : Promise.reject(this.refuses);
    },
    http: ({ path }: HttpRequest) => {
      this.asked.push(path);
      return this.deny === undefined ? Promise.resolve(this.#answer(path)) : Promise.reject(this.deny);
    },
  } as unknown as CarillonClient;

  say(id: number, more: Partial<Stored> = {}, isHeard = true): void {
    const message = { id, sender: 'bob', text: `text ${id}`, sentAt: id, ...more };
    this.history.push(message);
    if (isHeard) {
      this.#hand?.({ body: { type: 'message', ...message } } as unknown as Message<never>);
    }
  }

  gap(): void {
    this.#options?.onGap?.(GAP);
  }

  end(error: CarillonError): void {
    this.#options?.onState?.('unsubscribed', error);
  }

  #answer(path: string): unknown {
    const { pathname, searchParams } = new URL(path, 'http://service');
    if (!pathname.endsWith('/messages')) {
      return { name: 'general', description: '', access: 'public', slowSeconds: 0, createdAt: 0, members: {} };
    }
    const limit = Number(searchParams.get('limit'));
    const after = searchParams.get('after');
    if (after !== null) {
      const rest = this.history.filter(({ id }) => id > Number(after));
      const part = rest.slice(0, limit);
      return { messages: part, ...(part.length < rest.length ? { after: part.at(-1)?.id } : {}) };
    }
    const before = Number(searchParams.get('before') ?? Infinity);
    const query = searchParams.get('query') ?? '';
    const rest = this.history.filter(({ id, text = '' }) => id < before && text.includes(query));
    const part = rest.slice(-limit);
    return { messages: part, ...(part.length < rest.length ? { before: part[0]?.id } : {}) };
  }
}

async function opened(room: Room): Promise<RoomConversation> {
  const conversation = new RoomConversation(room.client, 'alice', 'general', () => {});
  conversation.open();
  await vi.waitFor(() => expect(conversation.phase.value).toBe('ready'));
  return conversation;
}

function ids({ timeline }: RoomConversation): (number | undefined)[] {
  return Array.from({ length: timeline.count }, (_, index) => timeline.at(index)?.id);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

beforeEach(() => sessionStorage.clear());

describe('A room', () => {
  test('reads the newest first and what was before on demand, up to the beginning', async () => {
    const room = new Room();
    range(1, 500).forEach((id) => room.say(id));
    const conversation = await opened(room);
    expect(ids(conversation)).toEqual(range(441, 500));
    await Promise.all([conversation.older(), conversation.older()]);
    expect(ids(conversation)).toEqual(range(241, 500));
    await conversation.older();
    await conversation.older();
    await conversation.older();
    expect(ids(conversation)).toEqual(range(1, 500));
    expect(conversation.timeline.hasOlder).toBe(false);
  });

  test('reads again what it missed, also what was changed meanwhile', async () => {
    const room = new Room();
    range(1, 10).forEach((id) => room.say(id));
    const conversation = await opened(room);
    room.history[4] = { ...room.history[4], id: 5, sender: 'bob', sentAt: 5, text: 'changed', editedAt: 99 };
    range(11, 700).forEach((id) => room.say(id, {}, false));
    room.gap();
    await vi.waitFor(() => expect(ids(conversation)).toEqual(range(1, 700)));
    expect(conversation.timeline.byId(5)?.text).toBe('changed');
  });

  test('begins anew when more was missed than anybody reads', async () => {
    const room = new Room();
    room.say(1);
    const conversation = await opened(room);
    range(2, 9000).forEach((id) => room.say(id, {}, false));
    room.gap();
    await vi.waitFor(() => expect(ids(conversation)).toEqual(range(8941, 9000)), { timeout: 5000 });
    expect(conversation.timeline.hasOlder).toBe(true);
  });

  test('sends again under the same key what failed', async () => {
    const room = new Room();
    const conversation = await opened(room);
    room.refuses = new CarillonError('rate-limited', 'Slow mode of general: wait 3 s');
    conversation.send('hello', 7);
    await vi.waitFor(() => expect(conversation.timeline.at(0)?.delivery).toBe('failed'));
    room.refuses = undefined;
    const { key = '', text = '', replyTo } = conversation.timeline.at(0) ?? {};
    conversation.send(text, replyTo, key);
    const sent = room.sent.filter(({ destination }) => destination === '/app/chat.general.send');
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual(sent[1]);
    expect(sent[0]).toMatchObject({ body: { text: 'hello', replyTo: 7 }, key });
    room.say(8, { sender: 'alice', key });
    expect(ids(conversation)).toEqual([8]);
  });

  test('looks for words, further and further back', async () => {
    const room = new Room();
    range(1, 500).forEach((id) => room.say(id));
    const conversation = await opened(room);
    const first = await conversation.search('text 1');
    expect(first.messages.map(({ id }) => id)).toEqual(range(170, 199));
    expect(first.before).toBe(170);
    const next = await conversation.search('text 1', first.before);
    expect(next.messages.map(({ id }) => id)).toEqual(range(140, 169));
    expect(ids(conversation)).toEqual(range(441, 500));
  });

  test('keeps what is not sent for the next page of this window', async () => {
    const room = new Room();
    const conversation = await opened(room);
    const waiting = (): readonly string[] => (waitingOf('alice').get('general') ?? []).map(({ text }) => text);
    room.refuses = new CarillonError('timeout', 'There was no answer');
    conversation.send('late');
    room.refuses = new CarillonError('closed', 'The client was closed');
    conversation.send('closed', 7);
    room.refuses = new CarillonError('access-denied', 'You are muted');
    conversation.send('muted');
    room.refuses = undefined;
    conversation.send('sent');
    expect(waiting()).toEqual(['late', 'closed', 'muted', 'sent']);
    await vi.waitFor(() => expect(waiting()).toEqual(['late', 'closed']));

    // The page is loaded again. The service has stored the first one without our hearing of it.
    const [late, closed] = waitingOf('alice').get('general') ?? [];
    room.say(1, { sender: 'alice', text: 'late', key: late?.key ?? '' });
    const again = new RoomConversation(room.client, 'alice', 'general', () => {});
    const sent = room.sent.length;
    await Promise.all([late, closed].map((message) => again.resend(message ?? { key: '', text: '' })));
    expect(room.sent.slice(sent)).toEqual([
      { destination: '/app/chat.general.send', body: { text: 'late' }, key: late?.key },
      { destination: '/app/chat.general.send', body: { text: 'closed', replyTo: 7 }, key: closed?.key },
    ]);
    expect(waiting()).toEqual([]);
    again.open();
    await vi.waitFor(() => expect(again.phase.value).toBe('ready'));
    expect(ids(again)).toEqual([1]);
  });

  test('forgets what the user takes back', async () => {
    const room = new Room();
    const conversation = await opened(room);
    room.refuses = new CarillonError('timeout', 'There was no answer');
    conversation.send('late');
    await vi.waitFor(() => expect(conversation.timeline.at(0)?.delivery).toBe('failed'));
    conversation.discard(conversation.timeline.at(0)?.key ?? '');
    expect(conversation.timeline.count).toBe(0);
    expect(waitingOf('alice').size).toBe(0);
  });

  test('says why it cannot be entered, and can be tried again', async () => {
    const room = new Room();
    room.deny = new CarillonError('not-found', 'There is no room general');
    const conversation = new RoomConversation(room.client, 'alice', 'general', () => {});
    conversation.open();
    await vi.waitFor(() => expect(conversation.phase.value).toBe('refused'));
    expect(conversation.error.value).toBe(room.deny);
    room.deny = undefined;
    conversation.retry();
    await vi.waitFor(() => expect(conversation.phase.value).toBe('ready'));
  });

  test('ends when the right to it ends', async () => {
    const room = new Room();
    const conversation = await opened(room);
    room.end(new CarillonError('access-denied', 'You may not read this room any more'));
    expect(conversation.phase.value).toBe('refused');
  });

  test('tells that one types at most now and then', async () => {
    const room = new Room();
    const conversation = await opened(room);
    conversation.types();
    conversation.types();
    conversation.types();
    expect(room.sent.map(({ destination }) => destination)).toEqual(['/app/chat.general.typing']);
  });
});
