/** The bytes that Base64 stands for. */
export declare function fromBase64(text: string): Uint8Array;
/** Bytes as Base64. */
export declare function toBase64(bytes: Uint8Array): string;
//# sourceMappingURL=base64.d.ts.map