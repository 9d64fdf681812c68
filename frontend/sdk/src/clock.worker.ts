/** Keeps timers for a page: `[id, delay]` sets one, `[id]` takes it back; `id` comes back when it is due. */
const timers = new Map<number, ReturnType<typeof setTimeout>>();

self.onmessage = ({ data: [id, delay] }: MessageEvent<[number, number?]>) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (delay !== undefined) {
    timers.set(
      id,
      setTimeout(() => {
        timers.delete(id);
        self.postMessage(id);
      }, delay),
    );
  }
};

// Says that it is there.
self.postMessage(0);

export {};
