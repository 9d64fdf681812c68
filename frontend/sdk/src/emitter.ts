/** Tells listeners what happens. One that throws is reported and disturbs no other. */
export class Emitter<Events> {
  readonly #listeners: { [E in keyof Events]?: Set<(value: Events[E]) => void> } = {};

  on<E extends keyof Events>(event: E, listener: (value: Events[E]) => void): () => void {
    const listeners = (this.#listeners[event] ??= new Set());
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  emit<E extends keyof Events>(event: E, value: Events[E]): void {
    for (const listener of [...(this.#listeners[event] ?? [])]) {
      shielded(() => listener(value));
    }
  }

  isHeard(event: keyof Events): boolean {
    return (this.#listeners[event]?.size ?? 0) > 0;
  }
}

/** Runs code of the application. What it throws becomes an uncaught error and goes no further. */
export function shielded(action: () => void): void {
  try {
    action();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
