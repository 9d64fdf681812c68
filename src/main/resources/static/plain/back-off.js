import { LATER_MILLIS } from './close-codes.js';

const BASE_MILLIS = 500;
const CAP_MILLIS = 15_000;

/**
 * How long to wait before connecting again, in milliseconds: a random time below a bound that doubles with each
 * attempt, so that many clients do not return in the same moment; or null where the close code says no.
 *
 * @param {{comeBack: string}} code why the connection ended
 * @param {number} attempt how many attempts have failed since
 * @param {() => number} random from 0 to 1
 */
export function waitBefore(code, attempt, random = Math.random) {
  if (code.comeBack === 'no') {
    return null;
  }
  const jitter = random() * Math.min(CAP_MILLIS, BASE_MILLIS * 2 ** attempt);
  return Math.round(jitter + (code.comeBack === 'later' ? LATER_MILLIS : 0));
}
