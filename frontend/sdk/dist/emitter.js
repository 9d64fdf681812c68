/** Tells listeners what happens. One that throws is reported and disturbs no other. */
export class Emitter {
    #listeners = {};
    on(event, listener) {
        const listeners = (this.#listeners[event] ??= new Set());
        listeners.add(listener);
        return () => listeners.delete(listener);
    }
    emit(event, value) {
        for (const listener of [...(this.#listeners[event] ?? [])]) {
            shielded(() => listener(value));
        }
    }
    isHeard(event) {
        return (this.#listeners[event]?.size ?? 0) > 0;
    }
}
/** Runs code of the application. What it throws becomes an uncaught error and goes no further. */
export function shielded(action) {
    try {
        action();
    }
    catch (error) {
        queueMicrotask(() => {
            throw error;
        });
    }
}
//# sourceMappingURL=emitter.js.map