/** One value of the text format of Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };

/** Reads the values of a text; comments are left out. */
export function parseSamples(text: string): readonly Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      samples.push({ name, labels: parseLabels(labels), value: numberOf(value) });
    }
  }
  return samples;
}

function parseLabels(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
    labels[name] = value.replace(/\\[\\"n]/g, (escape) => ESCAPES[escape] ?? escape);
  }
  return labels;
}

function numberOf(text: string): number {
  switch (text) {
    case '+Inf':
      return Infinity;
    case '-Inf':
      return -Infinity;
    default:
      return Number(text);
  }
}

/** The values of one moment. */
export class Scrape {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly #byName = new Map<string, Sample[]>();

  constructor(at: number, samples: readonly Sample[]) {
    this.at = at;
    for (const sample of samples) {
      const known = this.#byName.get(sample.name);
      if (known === undefined) {
        this.#byName.set(sample.name, [sample]);
      } else {
        known.push(sample);
      }
    }
  }

  /** All values of a name. */
  of(name: string): readonly Sample[] {
    return this.#byName.get(name) ?? [];
  }

  /** The sum of the values whose labels are these. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    return this.of(name)
      .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
      .reduce((sum, { value }) => sum + value, 0);
  }

  /** Which values a label has. */
  values(name: string, label: string): readonly string[] {
    return [...new Set(this.of(name).map(({ labels }) => labels[label] ?? ''))].sort();
  }
}

/** How much a counter grows in a second; 0 if it has started over. */
export function rate(
  before: Scrape,
  after: Scrape,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const seconds = (after.at - before.at) / 1000;
  const grown = after.sum(name, labels) - before.sum(name, labels);
  return seconds <= 0 || grown < 0 ? 0 : grown / seconds;
}

/**
 * A quantile of what a histogram has seen between two moments, by the upper bounds of its buckets and linear within, as
 * Prometheus' histogram_quantile does; `undefined` if it has seen nothing.
 */
export function histogramQuantile(before: Scrape, after: Scrape, name: string, fraction: number): number | undefined {
  const bounds = new Map<number, number>();
  for (const { labels } of after.of(`${name}_bucket`)) {
    bounds.set(numberOf(labels['le'] ?? '+Inf'), 0);
  }
  for (const bound of bounds.keys()) {
    const le = after.of(`${name}_bucket`).find(({ labels }) => numberOf(labels['le'] ?? '') === bound)?.labels['le'];
    const grown = after.sum(`${name}_bucket`, { le: le ?? '' }) - before.sum(`${name}_bucket`, { le: le ?? '' });
    bounds.set(bound, Math.max(0, grown));
  }
  const sorted = [...bounds].sort(([a], [b]) => a - b);
  const all = sorted.at(-1)?.[1] ?? 0;
  if (all === 0) {
    return undefined;
  }
  const wanted = fraction * all;
  let [lower, below] = [0, 0];
  for (const [bound, count] of sorted) {
    if (count >= wanted) {
      return bound === Infinity ? lower : lower + ((bound - lower) * (wanted - below)) / Math.max(1, count - below);
    }
    [lower, below] = [bound, count];
  }
  return lower;
}
