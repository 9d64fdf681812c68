import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import { oncePerFrame } from '../frame.ts';
import { ListModel, OVERSCAN } from './list-model.ts';

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

function useModel(estimate: number): ListModel {
  const model = useRef<ListModel | undefined>(undefined);
  model.current ??= new ListModel(estimate);
  return model.current;
}
