/** How many topics of a wildcard are remembered to the service; more do not fit into its limit for headers. */
const MAX_NAMED = 300;
const OLD = { isNew: false, gap: undefined };
const NEXT = { isNew: true, gap: undefined };
/**
 * How far one subscription has come in each of its topics, by epoch. The epoch is what a position has before its dash;
 * no two topics share one, and a log that starts over has a new one.
 */
export class Places {
    #destination;
    #places = new Map();
    constructor(destination) {
        this.#destination = destination;
    }
    get isEmpty() {
        return this.#places.size === 0;
    }
    /** A list of positions, the ones that were last heard of at the end. */
    toString() {
        return [...this.#places]
            .slice(-MAX_NAMED)
            .map(([epoch, { offset }]) => `${epoch}-${offset}`)
            .join(',');
    }
    /** Begins at positions that somebody has kept. */
    begin(positions) {
        for (const [epoch, offset] of parse(positions)) {
            this.#places.set(epoch, { offset, topic: undefined, excuse: undefined });
        }
    }
    /**
     * The service says where the subscription stands.
     *
     * @param recovered whether nothing is lost since the positions it was asked to resume from, if it was asked
     * @returns what is lost for sure; the rest shows with the next message
     */
    confirm(positions, recovered) {
        const confirmed = parse(positions);
        if (recovered === undefined) {
            for (const [epoch, offset] of confirmed) {
                this.#places.set(epoch, { offset, topic: undefined, excuse: undefined });
            }
            return [];
        }
        const gaps = [];
        if (!recovered) {
            for (const [epoch, place] of this.#places) {
                if (confirmed.has(epoch)) {
                    this.#places.set(epoch, { ...place, excuse: 'expired' });
                }
                else {
                    gaps.push(this.#started(epoch, place));
                }
            }
        }
        for (const [epoch, offset] of confirmed) {
            if (!this.#places.has(epoch)) {
                // A topic that appeared meanwhile, or one that started over. What its log has lost by now is lost to us.
                if (offset > 0 && gaps.length === 0) {
                    gaps.push(this.#gap(undefined, epoch, 1, offset, 'expired'));
                }
                this.#places.set(epoch, { offset, topic: undefined, excuse: undefined });
            }
        }
        return gaps;
    }
    /** A message has come. @param announced whether the service says that it left some out before it */
    take(topic, position, announced) {
        const dash = position.lastIndexOf('-');
        const epoch = position.slice(0, dash);
        const offset = Number(position.slice(dash + 1));
        const place = this.#places.get(epoch);
        const last = place?.offset ?? 0;
        if (place !== undefined && offset <= last) {
            return OLD;
        }
        const isNext = offset === last + 1;
        const before = place === undefined ? this.#predecessor(topic) : undefined;
        if (this.#places.size > 1) {
            // Those that were heard of last stand last.
            this.#places.delete(epoch);
        }
        this.#places.set(epoch, { offset, topic, excuse: undefined });
        if (before !== undefined) {
            return { isNew: true, gap: this.#started(...before) };
        }
        if (isNext) {
            return NEXT;
        }
        const reason = place?.excuse ?? (announced ? 'slow' : 'unknown');
        return { isNew: true, gap: this.#gap(topic, epoch, last + 1, offset - 1, reason) };
    }
    /** The same topic before its log started over. */
    #predecessor(topic) {
        return [...this.#places].find(([, place]) => place.topic === topic);
    }
    /** The log of a topic has started over. */
    #started(epoch, { offset, topic }) {
        this.#places.delete(epoch);
        return {
            destination: topic ?? this.#destination,
            from: `${epoch}-${offset + 1}`,
            to: undefined,
            count: undefined,
            reason: 'restarted',
        };
    }
    #gap(topic, epoch, from, to, reason) {
        return {
            destination: topic ?? this.#destination,
            from: `${epoch}-${from}`,
            to: `${epoch}-${to}`,
            count: to - from + 1,
            reason,
        };
    }
}
function parse(positions) {
    const parsed = new Map();
    for (const position of positions.split(',')) {
        const dash = position.lastIndexOf('-');
        if (dash > 0) {
            parsed.set(position.slice(0, dash).trim(), Number(position.slice(dash + 1)));
        }
    }
    return parsed;
}
//# sourceMappingURL=places.js.map