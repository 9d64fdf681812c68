import { pageTicket } from '@carillon/client';
import { signal } from '@preact/signals';

/** Who is signed in. */
export interface Who {
  readonly user: string;
  readonly roles: readonly string[];
  readonly guest: boolean;

  /** Whether there are users whose passwords everybody knows; absent where the service was not asked. */
  readonly demo?: boolean;
}

/** Who we are as far as the page knows; a guest until the service has answered. */
export const who = signal<Who>({ user: '', roles: [], guest: true });

/** Whether the service has been asked who we are, so that pages need not change their minds. */
export const isKnown = signal(false);

/** Whether the service has said that it has users whose passwords everybody knows. */
export const hasDemoUsers = signal(false);

/** Why the dialog to sign in is open; `undefined` while it is closed. */
export const signInReason = signal<'asked' | 'needed' | 'expired' | undefined>(undefined);

/** Whether the user has a role. */
export function hasRole(role: string): boolean {
  return who.value.roles.includes(role);
}

/** Opens the dialog if nobody is signed in. Says whether somebody is. */
export function needsSignIn(): boolean {
  if (who.peek().guest) {
    signInReason.value = 'needed';
    return true;
  }
  return false;
}

let waiting: { readonly promise: Promise<void>; readonly done: () => void } | undefined;

const fetchTicket = pageTicket();

/**
 * A ticket for one connection. When the cookie is worth nothing any more, because it has expired or the service has
 * started over, this waits until the user has signed in again or chosen to be a guest: what waits to be sent must not
 * be refused for that.
 */
export async function ticket(): Promise<string | undefined> {
  while (!who.peek().guest) {
    const found = await fetchTicket();
    if (found !== undefined) {
      return found;
    }
    await signedInAgain();
  }
  return undefined;
}

/** Resolves when the user has signed in again, or has chosen to be a guest. */
export function signedInAgain(): Promise<void> {
  if (waiting === undefined) {
    let done = (): void => {};
    const promise = new Promise<void>((resolve) => {
      done = resolve;
    });
    waiting = { promise, done };
    signInReason.value = 'expired';
  }
  return waiting.promise;
}

/** The user has decided who to be. */
export function decided(answer: Who): void {
  who.value = answer;
  isKnown.value = true;
  hasDemoUsers.value = answer.demo ?? hasDemoUsers.peek();
  signInReason.value = undefined;
  waiting?.done();
  waiting = undefined;
}
