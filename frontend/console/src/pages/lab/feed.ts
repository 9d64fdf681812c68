import type { CarillonClient } from '@carillon/client';

/** What this page publishes for its own lanes. */
export interface FeedShape {
  /** Messages per second. */
  readonly rate: number;

  /** The size of a body, in bytes. */
  readonly size: number;
}

/** A body of so many bytes, with a number in front. */
export function feedBody(number: number, size: number): string {
  const start = `{"n":${number},"x":"`;
  return `${start}${'x'.repeat(Math.max(0, size - start.length - 2))}"}`;
}

/** Publishes at a steady rate until the returned function is called. @param onError told once; then it is over */
export function feed(
  client: CarillonClient,
  destination: string,
  shape: () => FeedShape,
  onError: (error: unknown) => void,
): () => void {
  let isOver = false;
  let number = 0;
  let due = performance.now();
  const stop = (): void => {
    isOver = true;
    clearInterval(timer);
  };
  const timer = setInterval(() => {
    const { rate, size } = shape();
    const now = performance.now();
    // A page that slept does not make up for it.
    due = Math.max(due, now - 1000);
    for (; due <= now; due += 1000 / rate) {
      client
        .publish(destination, feedBody(++number, size), { contentType: 'application/json' })
        .catch((error: unknown) => {
          if (!isOver) {
            stop();
            onError(error);
          }
        });
    }
  }, 20);
  return stop;
}
