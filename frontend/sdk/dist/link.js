/** The connection ended before the answer came. */
export class LinkLost extends Error {
    name = 'LinkLost';
}
/** A connection could not be made. */
export class LinkFailure extends Error {
    name = 'LinkFailure';
    end;
    constructor(end) {
        super(`${end.code} ${end.reason}`);
        this.end = end;
    }
}
//# sourceMappingURL=link.js.map