import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import { oncePerFrame } from '../frame.ts';
import { Heights } from './heights.ts';

/** How far rows are rendered above and below what is seen, in pixels. */
const OVERSCAN = 500;

/** Below this distance from its end a list counts as being at the end, in pixels. */
const AT_END = 24;

/** What others may ask of a list. */
export interface ListControl {
  /** Goes to the end and stays there when rows are added. */
  toEnd(): void;

  /** Shows a row in the middle, as soon as there is one of that name. */
  toRow(key: string): void;
}

interface Props {
  readonly count: number;

  /** Names a row for good. */
  readonly keyAt: (index: number) => string;

  /** A row; its outermost element is a list item with the attribute `data-row` and the index. */
  readonly render: (index: number) => ComponentChildren;

  /** What a row probably measures, in pixels. */
  readonly estimate: number;
  readonly label: string;
  readonly class?: string;
  readonly control?: { current: ListControl | null };

  /** The beginning comes into sight. */
  readonly onStart?: () => void;

  /** Whether the end is seen has changed. */
  readonly onEnd?: (isAtEnd: boolean) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children?: ComponentChildren;
}

/**
 * A list of any length that begins at its end and renders only what is seen and a little more. What one looks at stays
 * where it is when rows are added above, or turn out to be of another height than was thought; at the end it stays at
 * the end.
 */
export function VirtualList(props: Props): JSX.Element {
  const { count, keyAt, estimate } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const model = useModel(estimate);
  const [, redraw] = useReducer<number, void>((n) => n + 1, 0);
  const isAtEnd = useRef<boolean | undefined>(undefined);

  model.sync(count, keyAt);
  const viewport = scroller.current?.clientHeight ?? 800;
  const { first, last } = model.window(viewport);

  const settle = (): void => {
    const element = scroller.current;
    const rows = list.current;
    if (element === null || rows === null) {
      return;
    }
    let isDifferent = false;
    for (const row of rows.children) {
      const index = Number((row as HTMLElement).dataset['row']);
      isDifferent = model.measured(index, (row as HTMLElement).getBoundingClientRect().height) || isDifferent;
    }
    const { height, top } = model.frame(element.clientHeight, first);
    rows.style.height = `${height}px`;
    rows.style.paddingTop = `${top}px`;
    const wanted = model.scrollTop(element.clientHeight);
    if (Math.abs(element.scrollTop - wanted) >= 1) {
      element.scrollTop = wanted;
    }
    const next = model.window(element.clientHeight);
    if (isDifferent || next.first < first || next.last > last) {
      redraw();
    }
    tell(element);
  };

  const tell = (element: HTMLElement): void => {
    if (isAtEnd.current !== model.isAtEnd) {
      isAtEnd.current = model.isAtEnd;
      props.onEnd?.(model.isAtEnd);
    }
    if (element.scrollTop < OVERSCAN) {
      props.onStart?.();
    }
  };

  useLayoutEffect(settle);

  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => {
    const later = oncePerFrame(() => latest.current());
    const observer = new ResizeObserver(later);
    if (scroller.current !== null) {
      observer.observe(scroller.current);
    }
    return () => {
      later.cancel();
      observer.disconnect();
    };
  }, []);

  if (props.control !== undefined) {
    props.control.current = {
      toEnd: () => {
        model.stickToEnd();
        redraw();
      },
      toRow: (key) => {
        model.show(key, scroller.current?.clientHeight ?? 0);
        redraw();
      },
    };
  }

  const scrolled = (): void => {
    const element = scroller.current;
    if (element === null) {
      return;
    }
    model.scrolled(element.scrollTop, element.clientHeight);
    const next = model.window(element.clientHeight);
    if (next.first !== first || next.last !== last) {
      redraw();
    }
    tell(element);
  };

  const rows: ComponentChildren[] = [];
  for (let index = first; index < last; index++) {
    rows.push(props.render(index));
  }
  return (
    <div class={`virtual ${props.class ?? ''}`} ref={scroller} onScroll={scrolled} onKeyDown={props.onKeyDown}>
      {props.children}
      <ol ref={list} aria-label={props.label}>
        {rows}
      </ol>
    </div>
  );
}

function useModel(estimate: number): Model {
  const model = useRef<Model | undefined>(undefined);
  model.current ??= new Model(estimate);
  return model.current;
}

/** Where everything is, and what is to stay in sight. */
class Model {
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
