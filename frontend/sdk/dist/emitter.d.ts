/** Tells listeners what happens. One that throws is reported and disturbs no other. */
export declare class Emitter<Events> {
    #private;
    on<E extends keyof Events>(event: E, listener: (value: Events[E]) => void): () => void;
    emit<E extends keyof Events>(event: E, value: Events[E]): void;
    isHeard(event: keyof Events): boolean;
}
/** Runs code of the application. What it throws becomes an uncaught error and goes no further. */
export declare function shielded(action: () => void): void;
//# sourceMappingURL=emitter.d.ts.map