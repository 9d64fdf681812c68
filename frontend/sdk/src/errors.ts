/**
 * What the service or the client itself can answer. Those of the service are in docs/protocol.md; ours are
 *
 * - `closed`: the client was closed, or the connection ended for good, before there was an answer
 * - `aborted`: the caller gave up by its `signal`
 * - `timeout`: there was no answer in time
 */
export type ErrorCode =
  | 'bad-frame'
  | 'bad-value'
  | 'too-large'
  | 'login-failed'
  | 'access-denied'
  | 'unknown-destination'
  | 'limit-reached'
  | 'rate-limited'
  | 'queue-full'
  | 'conflict'
  | 'not-found'
  | 'unavailable'
  | 'internal'
  | 'closed'
  | 'aborted'
  | 'timeout';

/** A refusal or failure with a code that does not change, and a message for a person. */
export class CarillonError extends Error {
  override readonly name = 'CarillonError';

  /** What is wrong, for programs. */
  readonly code: ErrorCode;

  /** The destination it is about, if it is about one. */
  readonly destination: string | undefined;

  /**
   * @param code for programs
   * @param message for a person
   * @param destination what it is about
   */
  constructor(code: ErrorCode, message: string, destination?: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.destination = destination;
  }
}
