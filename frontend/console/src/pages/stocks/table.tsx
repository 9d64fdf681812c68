import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { number } from '../../i18n.ts';
import { href } from '../../router.ts';
import { age, type Line } from './board.ts';
import { t } from './messages.ts';
import { price, star, starred, type StocksStore } from './store.ts';
import { clock } from './clock.ts';
import { Trend } from './trend.tsx';

/** As in the stylesheet, in pixels. */
const ROW = 40;
const OVERSCAN = 6;

/** How long a row has been looked at before its trend is asked for, in milliseconds. */
const GLANCE = 250;

/** Some symbols; only the rows that are seen are there. */
export function Table(props: {
  readonly store: StocksStore;
  readonly symbols: readonly string[];
  readonly chosen: string | undefined;
}): JSX.Element {
  const { store, symbols, chosen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ first: 0, last: 30 });
  const look = (): void => {
    const element = scroller.current;
    if (element !== null) {
      const first = Math.max(0, Math.floor(element.scrollTop / ROW) - OVERSCAN);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / ROW) + OVERSCAN;
      setView((old) => (old.first === first && old.last === last ? old : { first, last }));
    }
  };
  useLayoutEffect(look, [symbols.length]);
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (scroller.current !== null) {
      observer.observe(scroller.current);
    }
    return () => observer.disconnect();
  }, []);
  const first = Math.min(view.first, Math.max(0, symbols.length - 1));
  const last = Math.min(view.last, symbols.length);
  return (
    <div class="quotes" ref={scroller} onScroll={look} tabIndex={0} role="region" aria-label={t('table.label')}>
      <table aria-rowcount={symbols.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{t('column.symbol')}</th>
            <th scope="col" class="wide">
              {t('column.trend')}
            </th>
            <th scope="col" class="number">
              {t('column.price')}
            </th>
            <th scope="col" class="number">
              {t('column.change')}
            </th>
            <th scope="col" class="number wider">
              {t('column.bid')}
            </th>
            <th scope="col" class="number wider">
              {t('column.ask')}
            </th>
            <th scope="col" class="number wider">
              {t('column.volume')}
            </th>
            <th scope="col" class="number">
              {t('column.age')}
            </th>
          </tr>
        </thead>
        <tbody>
          <Space rows={first} />
          {symbols.slice(first, last).map((symbol, index) => {
            const line = store.board.line(symbol);
            return (
              line !== undefined && (
                <Row key={symbol} store={store} line={line} index={first + index + 2} isChosen={symbol === chosen} />
              )
            );
          })}
          <Space rows={symbols.length - last} />
        </tbody>
      </table>
    </div>
  );
}

/** What is not there because nobody sees it. */
function Space({ rows }: { readonly rows: number }): JSX.Element | null {
  return rows <= 0 ? null : (
    <tr aria-hidden="true" class="space">
      <td colSpan={8} style={{ height: `${rows * ROW}px` }} />
    </tr>
  );
}

function Row(props: {
  readonly store: StocksStore;
  readonly line: Line;
  readonly index: number;
  readonly isChosen: boolean;
}): JSX.Element {
  const { line, store } = props;
  const { symbol } = line;
  const quote = line.shown.value;
  const moves = useMoves(line);
  useEffect(() => {
    const timer = setTimeout(() => store.seed(symbol), GLANCE);
    return () => clearTimeout(timer);
  }, [symbol, store]);
  const change = quote.changePercent ?? 0;
  return (
    <tr data-symbol={symbol} data-stale={quote.stale || undefined} aria-rowindex={props.index}>
      <th scope="row">
        <button
          type="button"
          class="star"
          aria-pressed={starred.value.has(symbol)}
          aria-label={t('star', { symbol })}
          onClick={() => star(symbol)}
        >
          {starred.value.has(symbol) ? '★' : '☆'}
        </button>
        <a href={href('stocks', symbol)} aria-current={props.isChosen ? 'true' : undefined}>
          {symbol}
        </a>
      </th>
      <td class="wide">
        <Trend prices={line.trend} version={quote} isUp={change >= 0} />
      </td>
      <td class="number">
        <span class="price" data-moved={moves.direction} data-beat={moves.count % 2}>
          {price(quote.price)}
        </span>
      </td>
      <td class="number" data-sign={Math.sign(change)}>
        {quote.changePercent === null ? '–' : `${number(change, PERCENT)} %`}
      </td>
      <td class="number wider">{price(quote.bid)}</td>
      <td class="number wider">{price(quote.ask)}</td>
      <td class="number wider">{number(quote.volume, COMPACT)}</td>
      <td class="number age">
        <Age line={line} />
      </td>
    </tr>
  );
}

const PERCENT = { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' } as const;
const COMPACT = { notation: 'compact', maximumFractionDigits: 1 } as const;

/** How often the price has moved since the row is there, and where to; nothing for the price that was there before. */
function useMoves(line: Line): { readonly count: number; readonly direction: 'up' | 'down' | undefined } {
  const memory = useRef({ price: line.quote.price, count: 0 });
  if (line.quote.price !== memory.current.price) {
    memory.current = { price: line.quote.price, count: memory.current.count + 1 };
  }
  const { count } = memory.current;
  return { count, direction: count === 0 ? undefined : line.direction > 0 ? 'up' : 'down' };
}

/** How old a quote is, by the second. */
export function Age({ line }: { readonly line: Line }): JSX.Element {
  const seconds = Math.floor(age(line, clock.value) / 1000);
  const text =
    seconds < 2
      ? t('age.now')
      : seconds < 100
        ? t('age.seconds', { count: seconds })
        : seconds < 6000
          ? t('age.minutes', { count: Math.floor(seconds / 60) })
          : t('age.hours', { count: Math.floor(seconds / 3600) });
  return line.shown.value.stale ? (
    <span class="stale" title={t('stale.long')}>
      {t('stale')} · {text}
    </span>
  ) : (
    <span>{text}</span>
  );
}
