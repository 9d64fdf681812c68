/**
 * Follows the topics of a Carillon service and never loses its place.
 *
 * @packageDocumentation
 */
export { pageTicket } from "./api.js";
export * from "./chat.js";
export { createClient } from "./client.js";
export { CLOSE_CODES, closeCode } from "./close-codes.js";
export { CarillonError } from "./errors.js";
export { newKey } from "./keys.js";
export * from "./scores.js";
export * from "./stocks.js";
//# sourceMappingURL=index.js.map