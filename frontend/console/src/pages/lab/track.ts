/** A message as a lane has received it. */
export interface Arrival {
  /** `epoch-offset` */
  readonly position: string;

  /** By the clock of the service, in milliseconds since 1970. */
  readonly publishedAt: number;

  /** The size of its body, in bytes: what the application wanted to know. */
  readonly size: number;
}

/** What became of the messages around a cut. */
export interface Recovery {
  /** When the connection went, in milliseconds since 1970. */
  readonly since: number;

  /** The position it was resumed from. */
  readonly from: string;

  /** How long until it was back, in milliseconds; `undefined` while it is away. */
  readonly away: number | undefined;

  /** What the service said: whether nothing is lost. */
  readonly recovered: boolean | undefined;

  /** How many messages came afterwards that were published meanwhile. */
  readonly replayed: number;

  /** How many are lost. */
  readonly missed: number;
}

/** Whether a message is new, and whether it came straight away rather than after a cut or as an old value. */
export interface Taken {
  readonly isNew: boolean;
  readonly isLive: boolean;
}

/** The place of one reader in a topic: what it got, what it got twice, what it did not get. Knows no transport. */
export class Track {
  #epoch = '';
  #offset = 0;

  /** Messages published before this are no news, by the clock of the service. */
  #liveSince = Infinity;

  /** Whether a message has come since the last connection was made that was published after it. */
  #isSettled = false;
  #received = 0;
  #missed = 0;
  #doubled = 0;
  #recovery: Recovery | undefined;

  get received(): number {
    return this.#received;
  }

  get missed(): number {
    return this.#missed;
  }

  get doubled(): number {
    return this.#doubled;
  }

  get recovery(): Recovery | undefined {
    return this.#recovery;
  }

  /** Where to resume; `undefined` before the first message or confirmation. */
  get position(): string | undefined {
    return this.#epoch === '' ? undefined : `${this.#epoch}-${this.#offset}`;
  }

  /** The connection is gone. @param at in milliseconds since 1970 */
  cut(at: number): void {
    const from = this.position;
    if (from !== undefined && (this.#recovery === undefined || this.#recovery.away !== undefined)) {
      const nothing = { away: undefined, recovered: undefined, replayed: 0, missed: 0 };
      this.#recovery = { since: at, from, ...nothing };
    }
    this.#liveSince = Infinity;
  }

  /**
   * The connection is (again) there.
   *
   * @param at in milliseconds since 1970
   * @param there the same by the clock of the service: what was published from then on is news
   * @param position where the service says that it begins, if it says so
   * @param recovered what it says about the position it was asked to resume from
   */
  placed(at: number, there: number, position: string | undefined, recovered: boolean | undefined): void {
    this.#liveSince = there;
    this.#isSettled = false;
    if (this.#recovery !== undefined && this.#recovery.away === undefined) {
      this.#recovery = { ...this.#recovery, away: at - this.#recovery.since, recovered };
    }
    const { epoch, offset } = split(position ?? '');
    if (epoch !== '' && epoch !== this.#epoch) {
      // A first connection, or a log that started over.
      this.#epoch = epoch;
      this.#offset = offset;
    }
  }

  take({ position, publishedAt }: Arrival): Taken {
    const { epoch, offset } = split(position);
    if (epoch === this.#epoch && offset <= this.#offset) {
      this.#doubled++;
      return { isNew: false, isLive: false };
    }
    const lost = epoch === this.#epoch ? offset - this.#offset - 1 : 0;
    this.#epoch = epoch;
    this.#offset = offset;
    this.#received++;
    this.#missed += lost;
    const isLive = publishedAt >= this.#liveSince;
    if (this.#recovery?.away !== undefined && !this.#isSettled) {
      const { replayed, missed } = this.#recovery;
      this.#recovery = { ...this.#recovery, replayed: replayed + (isLive ? 0 : 1), missed: missed + lost };
    }
    this.#isSettled ||= isLive;
    return { isNew: true, isLive };
  }
}

function split(position: string): { readonly epoch: string; readonly offset: number } {
  const dash = position.lastIndexOf('-');
  return { epoch: position.slice(0, Math.max(0, dash)), offset: Number(position.slice(dash + 1)) };
}
