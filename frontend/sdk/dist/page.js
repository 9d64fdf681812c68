/** What the browser tells of the page, or nothing where there is none. */
export function pageSignals() {
    if (typeof document === 'undefined' || typeof window === 'undefined') {
        return undefined;
    }
    return {
        isVisible: () => document.visibilityState === 'visible',
        watch: (listener) => {
            const stop = new AbortController();
            const { signal } = stop;
            window.addEventListener('online', () => listener('online'), { signal });
            window.addEventListener('offline', () => listener('offline'), { signal });
            // A page that comes out of the browser's cache was frozen; its timers say nothing.
            window.addEventListener('pageshow', (event) => event.persisted && listener('visible'), { signal });
            document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener('visible'), { signal });
            return () => stop.abort();
        },
    };
}
//# sourceMappingURL=page.js.map