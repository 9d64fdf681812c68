/** A message that waits to be sent. */
export interface Waiting {
  /** Under which it is sent however often, and stored once. */
  readonly key: string;
  readonly text: string;
  readonly replyTo?: number;
}

/** How many are kept of one conversation; what is beyond that is lost with the page. */
const MOST = 50;

/** What keeps them: for this window only, also when its page is loaded again. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

function prefixOf(user: string): string {
  return `carillon.waiting.${encodeURIComponent(user)}/`;
}

function keysOf(user: string): readonly string[] {
  const kept = storage();
  const keys = Array.from({ length: kept?.length ?? 0 }, (_, index) => kept?.key(index) ?? '');
  return keys.filter((key) => key.startsWith(prefixOf(user))).sort();
}

function read(key: string): readonly Waiting[] {
  try {
    const kept: unknown = JSON.parse(storage()?.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isWaiting) : [];
  } catch {
    return [];
  }
}

function isWaiting(value: unknown): value is Waiting {
  const { key, text, replyTo } = (value ?? {}) as Readonly<Record<keyof Waiting, unknown>>;
  return typeof key === 'string' && typeof text === 'string' && ['undefined', 'number'].includes(typeof replyTo);
}

function write(key: string, messages: readonly Waiting[]): void {
  try {
    if (messages.length === 0) {
      storage()?.removeItem(key);
    } else {
      storage()?.setItem(key, JSON.stringify(messages.slice(0, MOST)));
    }
  } catch {
    // There is no room; they are lost with the page.
  }
}

/** Keeps a message that is about to be sent. @param conversation the name of a room, or `@` and that of a user */
export function keepWaiting(user: string, conversation: string, message: Waiting): void {
  const key = prefixOf(user) + conversation;
  const others = read(key).filter((one) => one.key !== message.key);
  write(key, [...others, message]);
}

/** Forgets a message that waits no more. */
export function forgetWaiting(user: string, conversation: string, messageKey: string): void {
  const key = prefixOf(user) + conversation;
  const known = read(key);
  const others = known.filter((one) => one.key !== messageKey);
  if (others.length < known.length) {
    write(key, others);
  }
}

/** What a user has written in this window that was not sent, by conversation. */
export function waitingOf(user: string): ReadonlyMap<string, readonly Waiting[]> {
  return new Map(keysOf(user).map((key) => [key.slice(prefixOf(user).length), read(key)]));
}

/** Forgets all of a user, who leaves. */
export function forgetAllWaiting(user: string): void {
  keysOf(user).forEach((key) => storage()?.removeItem(key));
}
