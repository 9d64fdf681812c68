import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../../pages.ts';
import { Empty, Failure, Loading } from '../../shell/states.tsx';
import { recall, remember } from '../../storage.ts';
import type { Order } from './board.ts';
import { Detail } from './detail.tsx';
import { t } from './messages.ts';
import './page.css';
import { starred, type StocksStore, stocksStore } from './store.ts';
import { Table } from './table.tsx';

type Scope = 'all' | 'watched';

const ORDERS: readonly Order[] = ['symbol', 'change', 'price', 'volume'];

/** `#/stocks` is the board, `#/stocks/AAPL` one symbol beside it. */
export function Page({ segments }: PageProps): JSX.Element {
  const store = stocksStore();
  const [chosen] = segments;
  const [scope, setScope] = useState<Scope>(recall('stocks.scope') === 'watched' ? 'watched' : 'all');
  const [wanted, setWanted] = useState('');
  const [order, setOrder] = useState<Order>('symbol');
  const marked = starred.value;
  const known = store.board.symbols.value;
  const isAll = scope === 'all' || marked.size === 0;
  useEffect(
    () => store.watch(isAll ? '*' : [...new Set([...marked, ...(chosen === undefined ? [] : [chosen])])]),
    [store, isAll, isAll ? undefined : marked, isAll ? undefined : chosen],
  );
  useEffect(() => store.board.order(order), [store, order]);
  const text = wanted.trim().toUpperCase();
  const symbols = known.filter((symbol) => symbol.includes(text) && (scope === 'all' || marked.has(symbol)));
  const choose = (next: Scope): void => {
    setScope(next);
    remember('stocks.scope', next);
  };
  return (
    <div class="stocks" data-view={chosen === undefined ? 'board' : 'detail'}>
      <section class="board">
        <header class="board-head">
          <h1 class="unseen">{t('title')}</h1>
          <input
            type="search"
            aria-label={t('filter')}
            placeholder={t('filter')}
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
          <div class="segmented" role="group" aria-label={t('scope')}>
            {(['all', 'watched'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={scope === one} onClick={() => choose(one)}>
                {t(`scope.${one}`)}
              </button>
            ))}
          </div>
          <select
            aria-label={t('sort')}
            value={order}
            onChange={(event) => setOrder(ORDERS.find((one) => one === event.currentTarget.value) ?? 'symbol')}
          >
            {ORDERS.map((one) => (
              <option key={one} value={one}>
                {t(`sort.${one}`)}
              </option>
            ))}
          </select>
          <p class="hint board-count">{t('count', { count: symbols.length })}</p>
        </header>
        <Quotes store={store} symbols={symbols} scope={scope} chosen={chosen} />
      </section>
      {chosen === undefined ? (
        <section class="detail">
          <Empty icon="stocks" title={t('detail.choose')}>
            <p>{t('detail.choose.more')}</p>
          </Empty>
        </section>
      ) : (
        <Detail store={store} symbol={chosen} />
      )}
    </div>
  );
}

function Quotes(props: {
  readonly store: StocksStore;
  readonly symbols: readonly string[];
  readonly scope: Scope;
  readonly chosen: string | undefined;
}): JSX.Element {
  const { store, symbols, scope } = props;
  if (symbols.length > 0) {
    return <Table store={store} symbols={symbols} chosen={props.chosen} />;
  }
  if (store.board.size === 0) {
    switch (store.phase.value) {
      case 'loading':
        return <Loading />;
      case 'failed':
        return <Failure error={store.error.value} retry={() => store.load()} />;
      default:
        return (
          <Empty icon="stocks" title={t('empty')}>
            <p>{t('empty.more')}</p>
          </Empty>
        );
    }
  }
  return scope === 'watched' && starred.value.size === 0 ? (
    <Empty title={t('none.watched')}>
      <p>{t('none.watched.more')}</p>
    </Empty>
  ) : (
    <Empty title={t('none')} />
  );
}
