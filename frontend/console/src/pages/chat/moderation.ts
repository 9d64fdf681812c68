import type { CarillonClient } from '@carillon/client';

/** What moderators and owners of a room may do, beyond what the client's own helpers know. */
export interface Moderation {
  /** Keeps somebody from writing for a time, in seconds; 0 ends it. */
  mute(user: string, seconds: number): Promise<unknown>;

  /** Sets how long everybody waits between two messages, in seconds; 0 ends it. */
  slow(seconds: number): Promise<unknown>;

  /** Lets somebody into the room. */
  add(user: string): Promise<unknown>;

  /** Ends a membership. */
  remove(user: string): Promise<unknown>;
}

export function moderation(client: CarillonClient, room: string): Moderation {
  const member = (user: string): string => `/api/rooms/${encodeURIComponent(room)}/members/${encodeURIComponent(user)}`;
  return {
    mute: (user, seconds) => client.publish(`/app/chat.${room}.mute`, { user, seconds }),
    slow: (seconds) => client.publish(`/app/chat.${room}.slow`, { seconds }),
    add: (user) => client.http({ method: 'PUT', path: member(user), body: { rank: 'member' } }),
    remove: (user) => client.http({ method: 'DELETE', path: member(user) }),
  };
}
