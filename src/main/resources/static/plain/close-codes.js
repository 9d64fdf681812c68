/** Why a connection ended, and whether to come back: the same list as in docs/protocol.md. */

/** number, reason, and when to come back: "no", "now" or "later" (after {@link LATER_MILLIS}) */
const SERVICE = [
  [1000, 'normal', 'no'],
  [1001, 'going away', 'later'],
  [1002, 'protocol error', 'no'],
  [1007, 'invalid payload', 'no'],
  [1008, 'policy', 'no'],
  [1009, 'too big', 'no'],
  [1011, 'server error', 'later'],
  [1012, 'restart', 'later'],
  [1013, 'try again later', 'later'],
  [4000, 'slow consumer', 'now'],
  [4001, 'heart-beat missed', 'now'],
  [4002, 'write timeout', 'now'],
  [4003, 'connect timeout', 'now'],
  [4004, 'login failed', 'no'],
  [4005, 'token expired', 'no'],
  [4006, 'bad frame', 'no'],
  [4007, 'closed by an operator', 'later'],
  [4008, 'signed out', 'no'],
];

/** What browsers and SockJS say by themselves when the service could not say anything. */
const LOCAL = [
  [1005, 'no code given', 'now'],
  [1006, 'connection lost', 'now'],
  [2000, 'no SockJS transport works', 'later'],
  [3000, 'cut on this page', 'now'],
];

/** How long to wait at least where "later" is meant, in milliseconds. */
export const LATER_MILLIS = 2000;

/** What this page closes with when it plays a cut network. */
export const CUT = 3000;

const all = [...SERVICE, ...LOCAL].map(([number, name, comeBack]) => ({ number, name, comeBack }));

/** The codes that the service sends. */
export const serviceCodes = all.slice(0, SERVICE.length);

/** The code with this number; an unknown one is worth another try. */
export function closeCode(number) {
  return all.find((code) => code.number === number) ?? { number, name: 'unknown', comeBack: 'later' };
}

/** Words for a person. */
export function advice(code) {
  return { no: 'do not come back by itself', now: 'come back at once', later: 'come back after a while' }[code.comeBack];
}
