/** A promise and what settles it. */
export interface Deferred<T> {
    readonly promise: Promise<T>;
    readonly resolve: (value: T) => void;
    readonly reject: (reason: unknown) => void;
}
/** A promise that somebody else settles. Nobody has to listen to its rejection. */
export declare function deferred<T>(): Deferred<T>;
//# sourceMappingURL=deferred.d.ts.map