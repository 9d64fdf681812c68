/** Timers of the runtime. */
export const systemClock = {
    now: () => Date.now(),
    schedule: (delay, action) => {
        const timer = setTimeout(action, delay);
        return () => clearTimeout(timer);
    },
};
/**
 * Timers that a worker keeps, because browsers let those of a page in the background fire once a minute only. Where
 * workers are not to be had (no such thing, another origin, a content security policy), those of the runtime serve.
 */
export function backgroundClock() {
    const worker = startWorker();
    if (worker === undefined) {
        return systemClock;
    }
    const waiting = new Map();
    let isReady = false;
    let timers = 0;
    worker.onmessage = ({ data }) => {
        isReady = true;
        const action = waiting.get(data);
        waiting.delete(data);
        action?.();
    };
    worker.onerror = (event) => {
        // Whatever it had in hand comes a little early rather than never.
        event.preventDefault();
        isReady = false;
        worker.onmessage = null;
        const left = [...waiting.values()];
        waiting.clear();
        left.forEach((action) => action());
    };
    return {
        now: () => systemClock.now(),
        schedule: (delay, action) => {
            if (!isReady) {
                return systemClock.schedule(delay, action);
            }
            const id = ++timers;
            waiting.set(id, action);
            worker.postMessage([id, delay]);
            return () => {
                if (waiting.delete(id)) {
                    worker.postMessage([id]);
                }
            };
        },
    };
}
function startWorker() {
    if (typeof Worker === 'undefined' || typeof document === 'undefined') {
        return undefined;
    }
    try {
        return new Worker(new URL('./clock.worker.js', import.meta.url), { type: 'module', name: 'carillon-clock' });
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=clock.js.map