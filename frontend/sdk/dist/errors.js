/** A refusal or failure with a code that does not change, and a message for a person. */
export class CarillonError extends Error {
    name = 'CarillonError';
    /** What is wrong, for programs. */
    code;
    /** The destination it is about, if it is about one. */
    destination;
    /**
     * @param code for programs
     * @param message for a person
     * @param destination what it is about
     */
    constructor(code, message, destination, options) {
        super(message, options);
        this.code = code;
        this.destination = destination;
    }
}
//# sourceMappingURL=errors.js.map