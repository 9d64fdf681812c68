/** The most topics one wildcard subscription remembers; those heard of last are kept. */
const MOST_POSITIONS = 200;

/**
 * What one subscription has received: where it stands in each topic, and whether anything was lost or came twice.
 *
 * A message-id is `epoch-offset`; offsets of an epoch count 1, 2, 3 …, so every loss shows.
 */
export class Ledger {
  #positions = new Map();

  received = 0;
  replayed = 0;
  missed = 0;
  doubled = 0;

  /**
   * Notes a message.
   *
   * @param {string} messageId the header of that name
   * @param {string} [missed] the header `missed`, `from-to`, if the service left something out
   * @returns {boolean} whether the message is new
   */
  take(messageId, missed) {
    const position = parse(messageId);
    if (position === null) {
      this.received++;
      return true;
    }
    const last = this.#positions.get(position.epoch);
    if (last !== undefined && position.offset <= last) {
      this.doubled++;
      return false;
    }
    if (missed !== undefined) {
      const [from, to] = missed.split('-').map(Number);
      this.missed += to - from + 1;
    } else if (last !== undefined) {
      this.missed += position.offset - last - 1;
    }
    this.#remember(position.epoch, position.offset);
    this.received++;
    return true;
  }

  /** Notes where the service has placed the subscription; topics that it does not name are over. */
  placed(positions) {
    const placed = positions.split(',').map(parse).filter((position) => position !== null);
    const epochs = new Set(placed.map((position) => position.epoch));
    for (const epoch of [...this.#positions.keys()]) {
      if (!epochs.has(epoch)) {
        this.#positions.delete(epoch);
      }
    }
    for (const { epoch, offset } of placed) {
      if (!this.#positions.has(epoch)) {
        this.#remember(epoch, offset);
      }
    }
  }

  /** What to say in `resume-from`: the last message-id of each topic; empty if there is none. */
  get resumeFrom() {
    return [...this.#positions].map(([epoch, offset]) => `${epoch}-${offset}`).join(',');
  }

  /** How many topics it stands in. */
  get topics() {
    return this.#positions.size;
  }

  #remember(epoch, offset) {
    this.#positions.delete(epoch);
    this.#positions.set(epoch, offset);
    if (this.#positions.size > MOST_POSITIONS) {
      this.#positions.delete(this.#positions.keys().next().value);
    }
  }
}

function parse(text) {
  const match = /^([0-9a-z]+)-(\d+)$/.exec(text.trim());
  return match === null || match[1] === 'answer' ? null : { epoch: match[1], offset: Number(match[2]) };
}
