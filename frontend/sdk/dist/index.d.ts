/**
 * Follows the topics of a Carillon service and never loses its place.
 *
 * @packageDocumentation
 */
export { pageTicket } from './api.ts';
export * from './chat.ts';
export { createClient } from './client.ts';
export { CLOSE_CODES, closeCode, type CloseCode, type Reconnect } from './close-codes.ts';
export { CarillonError, type ErrorCode } from './errors.ts';
export { newKey } from './keys.ts';
export * from './scores.ts';
export * from './stocks.ts';
export type * from './types.ts';
//# sourceMappingURL=index.d.ts.map