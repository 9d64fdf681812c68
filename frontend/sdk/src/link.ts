import type { CarillonError } from './errors.ts';
import type { Receipt, TransportName, WireFrame } from './types.ts';

/** One connection, over whatever transport. When it has ended it is of no more use; the next one is another object. */
export interface Link {
  readonly transport: TransportName;
  readonly user: string;
  readonly session: string | undefined;

  /** Settled once, with the reason of the end; never rejected. */
  readonly closed: Promise<LinkEnd>;

  /** Begins or resumes a subscription. Rejects with the service's refusal, or with {@link LinkLost}. */
  place(placing: Placing): Promise<void>;

  remove(id: string): Promise<void>;

  /** Resolves when the service has taken it. Rejects with the service's refusal, or with {@link LinkLost}. */
  send(sending: Sending): Promise<Receipt>;

  /** Subscribes to a destination that answers once, and resolves with the body of the answer. */
  ask(destination: string): Promise<unknown>;

  /** Ends the connection unless the service gives a sign of life within some milliseconds. */
  check(millis: number): void;

  /** Says goodbye. */
  close(): Promise<void>;

  /** Drops the connection as if the network had failed. */
  cut(): void;
}

/** How a link came to its end. */
export interface LinkEnd {
  readonly code: number;
  readonly reason: string;

  /** What the service said before it closed. */
  readonly error?: CarillonError;
}

/** The connection ended before the answer came. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost';
}

/** A connection could not be made. */
export class LinkFailure extends Error {
  override readonly name: string = 'LinkFailure';
  readonly end: LinkEnd;

  constructor(end: LinkEnd) {
    super(`${end.code} ${end.reason}`);
    this.end = end;
  }
}

/** There is no ticket or token to come with, which says nothing of the transport. */
export class Unidentified extends LinkFailure {
  constructor(reason: string) {
    super({ code: 1006, reason });
  }
}

/** A subscription as a link sees it. */
export interface Placing {
  readonly id: string;
  readonly destination: string;
  readonly replay: number | undefined;
  readonly latest: boolean;

  /** The positions to resume from as they are now; empty to begin anew. */
  resumeFrom(): string;

  /** The service says where it stands; comes before the first message. */
  confirmed(positions: string, recovered: boolean | undefined): void;
  received(message: Incoming): void;

  /** A right has ended, and with it the subscription, or for a wildcard perhaps one topic of it. */
  withdrawn(error: CarillonError, isOver: boolean): void;
}

/** A message as a link hands it on. */
export interface Incoming {
  readonly destination: string;
  readonly position: string | undefined;
  readonly publishedAt: number;

  /** Whether the service left messages out before it. */
  readonly announced: boolean;
  readonly headers: Readonly<Record<string, string>>;
  text(): string;
  bytes(): Uint8Array;
}

/** What goes to the service. */
export interface Sending {
  readonly destination: string;
  readonly body: string | Uint8Array;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
}

/** Shows what goes over the wire to those who watch. */
export interface Tap {
  readonly isOpen: boolean;
  show(direction: WireFrame['direction'], data: string | Uint8Array | ArrayBuffer): void;
}
