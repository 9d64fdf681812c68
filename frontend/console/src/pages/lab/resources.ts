/** What the browser itself has counted of answers (PerformanceResourceTiming). Sizes are in bytes. */
export interface Counted {
  readonly answers: number;

  /** Bodies as they came over the network. */
  readonly encoded: number;

  /** The same with heads, for which browsers count 300 bytes whatever they had. */
  readonly transferred: number;
}

const NOTHING: Counted = { answers: 0, encoded: 0, transferred: 0 };

/** Adds up what the browser tells of finished answers to those who have asked. A stream is told of when it has ended. */
export class Resources {
  readonly #counted = new Map<string, Counted>();

  /** Who has asked for an address, as long as there is no answer. */
  readonly #asked = new Map<string, string>();

  of(lane: string): Counted {
    return this.#counted.get(lane) ?? NOTHING;
  }

  forget(lane: string): void {
    this.#counted.delete(lane);
  }

  /** A lane asks for an address. */
  ask(lane: string, url: string): void {
    this.#asked.set(url, lane);
  }

  take(entry: Pick<PerformanceResourceTiming, 'name' | 'encodedBodySize' | 'transferSize'>): void {
    const lane = this.#asked.get(entry.name);
    if (lane !== undefined) {
      this.#asked.delete(entry.name);
      const { answers, encoded, transferred } = this.of(lane);
      const more = { encoded: encoded + entry.encodedBodySize, transferred: transferred + entry.transferSize };
      this.#counted.set(lane, { answers: answers + 1, ...more });
    }
  }

  /** Listens to the browser until the returned function is called. */
  watch(): () => void {
    const observer = new PerformanceObserver((list) => {
      list.getEntries().forEach((entry) => this.take(entry as PerformanceResourceTiming));
    });
    observer.observe({ type: 'resource' });
    return () => observer.disconnect();
  }
}
