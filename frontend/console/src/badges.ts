import { signal } from '@preact/signals';

/** How much is unread, for the menu. The page that knows sets it. */
export const unreadMessages = signal(0);
