import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** What was read last, and what went wrong since. */
export interface Polled<T> {
  readonly value: ReadonlySignal<T | undefined>;
  readonly error: ReadonlySignal<unknown>;

  /** Reads it now. */
  readonly refresh: () => void;
}

/** How often figures are read, in milliseconds. */
const BEAT = 2000;

/**
 * Reads something again and again while the page is seen, one reading at a time.
 *
 * @param keys what it depends on: when that changes, what was read before is forgotten
 */
export function usePolled<T>(read: () => Promise<T>, keys: readonly unknown[]): Polled<T> {
  const value = useSignal<T | undefined>(undefined);
  const error = useSignal<unknown>(undefined);
  const again = useSignal(0);
  useEffect(() => {
    value.value = undefined;
    error.value = undefined;
  }, keys);
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        try {
          const found = await read();
          if (isWanted) {
            value.value = found;
            error.value = undefined;
          }
        } catch (problem) {
          if (isWanted) {
            error.value = problem;
          }
        }
      }
      if (isWanted) {
        timer = setTimeout(() => void turn(), BEAT);
      }
    };
    void turn();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [...keys, again.value]);
  return {
    value,
    error,
    refresh: () => {
      again.value++;
    },
  };
}
