/** A name that nobody else has: 128 random bits. `crypto.randomUUID` is missing on pages without TLS. */
export declare function newKey(): string;
//# sourceMappingURL=keys.d.ts.map