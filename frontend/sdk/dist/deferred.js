/** A promise that somebody else settles. Nobody has to listen to its rejection. */
export function deferred() {
    let resolve;
    let reject;
    const promise = new Promise((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
    });
    promise.catch(() => { });
    return { promise, resolve, reject };
}
//# sourceMappingURL=deferred.js.map