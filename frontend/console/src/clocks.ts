import type { CarillonClient } from '@carillon/client';

/** One round trip: when it began and ended here, and what the clock of the service showed between. In milliseconds. */
export interface RoundTrip {
  readonly sent: number;
  readonly received: number;
  readonly there: number;
}

/** How much the clock of the service is ahead of ours. */
export interface Offset {
  /** In milliseconds; add it to a time here to get the time there. */
  readonly millis: number;

  /** By how much it may be wrong, in milliseconds: half of the shortest round trip, and what rounding takes away. */
  readonly error: number;
}

/** The clock of the service shows whole milliseconds, on average half a one less than it is. */
const ROUNDED = 0.5;

/**
 * Compares two clocks as NTP does (RFC 5905): the round trip that took the shortest time tells most, since whatever
 * delayed the others did not delay both ways alike. `undefined` without a round trip.
 */
export function estimateOffset(trips: readonly RoundTrip[]): Offset | undefined {
  let best: RoundTrip | undefined;
  for (const trip of trips) {
    if (trip.received >= trip.sent && (best === undefined || took(trip) < took(best))) {
      best = trip;
    }
  }
  if (best === undefined) {
    return undefined;
  }
  return { millis: best.there + ROUNDED - (best.sent + best.received) / 2, error: took(best) / 2 + ROUNDED };
}

function took({ sent, received }: RoundTrip): number {
  return received - sent;
}

/** The time here, in milliseconds since 1970 with fractions, that no correction of the system's clock lets jump. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** How many round trips a comparison takes. */
const TRIPS = 4;

/** Compares our clock with that of the service, over HTTP. */
export async function compareClocks(client: CarillonClient): Promise<readonly RoundTrip[]> {
  const trips: RoundTrip[] = [];
  for (let i = 0; i < TRIPS; i++) {
    const sent = now();
    const { now: there } = await client.http<{ now: number }>({ method: 'GET', path: '/api/echo' });
    trips.push({ sent, received: now(), there });
  }
  return trips;
}
