import { Heights } from './heights.ts';

/** How far rows are rendered above and below what is seen, in pixels. */
export const OVERSCAN = 500;

/** Below this distance from its end a list counts as being at the end, in pixels. */
const AT_END = 24;

/** Where everything is, and what is to stay in sight. */
export class ListModel {
  readonly #estimate: number;
  readonly #heights = new Heights();
  readonly #known = new Map<string, number>();
  #keys: string[] = [];

  /** The row at the upper edge and how much of it is above; or the end. */
  #anchor: { key: string; index: number; above: number } | undefined;

  /** A row that is to be shown and may not be there yet. */
  #wanted: { readonly key: string; readonly viewport: number } | undefined;

  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  get isAtEnd(): boolean {
    return this.#anchor === undefined;
  }

  /** Takes over which rows there are. Quick when some were added at the end or the last few have changed. */
  sync(count: number, keyAt: (index: number) => string): void {
    let same = Math.min(count, this.#keys.length);
    while (same > 0 && this.#keys[same - 1] !== keyAt(same - 1)) {
      same--;
    }
    if (same > 0 && this.#keys[0] !== keyAt(0)) {
      same = 0;
    }
    this.#heights.truncate(same);
    this.#keys.length = same;
    for (let index = same; index < count; index++) {
      const key = keyAt(index);
      this.#keys.push(key);
      this.#heights.push(this.#known.get(key) ?? this.#estimate);
    }
    const anchor = this.#anchor;
    if (anchor !== undefined && this.#keys[anchor.index] !== anchor.key) {
      const index = this.#keys.indexOf(anchor.key);
      this.#anchor = index < 0 ? undefined : { ...anchor, index };
    }
    this.#find();
  }

  /** Notes a height. Says whether it is news. */
  measured(index: number, height: number): boolean {
    const key = this.#keys[index];
    if (key === undefined || height === 0 || this.#known.get(key) === height) {
      return false;
    }
    this.#known.set(key, height);
    const isDifferent = Math.abs(this.#heights.of(index) - height) >= 0.5;
    this.#heights.set(index, height);
    return isDifferent;
  }

  scrollTop(viewport: number): number {
    const end = Math.max(0, this.#heights.total - viewport);
    const anchor = this.#anchor;
    return anchor === undefined ? end : Math.min(end, Math.max(0, this.#heights.top(anchor.index) + anchor.above));
  }

  scrolled(scrollTop: number, viewport: number): void {
    if (scrollTop >= this.#heights.total - viewport - AT_END) {
      this.#anchor = undefined;
      return;
    }
    const index = this.#heights.at(scrollTop);
    const key = this.#keys[index];
    this.#anchor = key === undefined ? undefined : { key, index, above: scrollTop - this.#heights.top(index) };
  }

  stickToEnd(): void {
    this.#wanted = undefined;
    this.#anchor = undefined;
  }

  show(key: string, viewport: number): void {
    this.#wanted = { key, viewport };
    this.#find();
  }

  #find(): void {
    const index = this.#wanted === undefined ? -1 : this.#keys.indexOf(this.#wanted.key);
    if (this.#wanted !== undefined && index >= 0) {
      const { key, viewport } = this.#wanted;
      this.#anchor = { key, index, above: (this.#heights.of(index) - viewport) / 2 };
      this.#wanted = undefined;
    }
  }

  /** Which rows are to be rendered. */
  window(viewport: number): { readonly first: number; readonly last: number } {
    if (this.#keys.length === 0) {
      return { first: 0, last: 0 };
    }
    const top = this.scrollTop(viewport);
    return {
      first: this.#heights.at(Math.max(0, top - OVERSCAN)),
      last: Math.min(this.#keys.length, this.#heights.at(top + viewport + OVERSCAN) + 1),
    };
  }

  /** How high the list is, and where its first rendered row begins. Few rows stand at the lower edge. */
  frame(viewport: number, first: number): { readonly height: number; readonly top: number } {
    const total = this.#heights.total;
    const height = Math.max(total, viewport);
    return { height, top: this.#heights.top(first) + height - total };
  }
}
