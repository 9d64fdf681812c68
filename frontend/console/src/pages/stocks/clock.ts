import { signal } from '@preact/signals';

/** The time by the second, in milliseconds since 1970; it stands while nobody looks. */
export const clock = signal(Date.now());

setInterval(() => {
  if (document.visibilityState === 'visible') {
    clock.value = Date.now();
  }
}, 1000);
