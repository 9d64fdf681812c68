import type { Candle } from '@carillon/client';
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { number } from '../../i18n.ts';
import { href } from '../../router.ts';
import { signInReason } from '../../session.ts';
import { Icon } from '../../shell/icons.tsx';
import { t as shell } from '../../shell/messages.ts';
import { Empty, Failure, Loading } from '../../shell/states.tsx';
import { complain, notify } from '../../toasts.ts';
import type { Line } from './board.ts';
import { withQuote } from './candles.ts';
import { t } from './messages.ts';
import { price, type StocksStore } from './store.ts';
import { Age } from './table.tsx';

type Interval = '1m' | '1d';
type Chart = ComponentType<{ readonly symbol: string; readonly candles: readonly Candle[] }>;

/** All about one symbol. */
export function Detail({ store, symbol }: { readonly store: StocksStore; readonly symbol: string }): JSX.Element {
  const line = store.board.symbols.value.includes(symbol) ? store.board.line(symbol) : undefined;
  return (
    <section class="detail" aria-label={symbol}>
      <a class="detail-back" href={href('stocks')}>
        <Icon name="back" size={18} /> {t('detail.back')}
      </a>
      {line === undefined ? (
        <Empty icon="stocks" title={t('detail.unknown', { symbol })} />
      ) : (
        <>
          <Figures line={line} />
          <Candles key={symbol} store={store} line={line} />
          <Alerts key={`alerts ${symbol}`} store={store} line={line} />
        </>
      )}
    </section>
  );
}

function Figures({ line }: { readonly line: Line }): JSX.Element {
  const { symbol } = line;
  const quote = line.shown.value;
  const sign = Math.sign(quote.change ?? 0);
  return (
    <>
      <header class="detail-head" data-stale={quote.stale || undefined}>
        <h2>{symbol}</h2>
        <p class="detail-price">{price(quote.price)}</p>
        <p data-sign={sign}>
          {quote.change === null ? '–' : number(quote.change, SIGNED)}
          {quote.changePercent !== null && ` (${number(quote.changePercent, SIGNED)} %)`}
        </p>
        <p class="hint">
          <Age line={line} />
        </p>
      </header>
      <dl class="detail-figures">
        <Fact name={t('column.bid')} value={price(quote.bid)} />
        <Fact name={t('column.ask')} value={price(quote.ask)} />
        <Fact name={t('column.open')} value={price(quote.open)} />
        <Fact name={t('column.close')} value={price(quote.previousClose)} />
        <Fact name={t('column.low')} value={price(quote.low)} />
        <Fact name={t('column.high')} value={price(quote.high)} />
        <Fact name={t('column.volume')} value={number(quote.volume)} />
      </dl>
    </>
  );
}

const SIGNED = { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' } as const;

function Fact({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Candles({ store, line }: { readonly store: StocksStore; readonly line: Line }): JSX.Element {
  const [interval, setInterval_] = useState<Interval>('1m');
  const [candles, setCandles] = useState<readonly Candle[]>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [Chart, setChart] = useState<Chart>();
  const { symbol } = line;
  const quote = line.shown.value;
  useEffect(() => {
    import('./chart.tsx').then(({ CandleChart }) => setChart(() => CandleChart), setError);
  }, []);
  useEffect(() => {
    let isWanted = true;
    setCandles(undefined);
    setError(undefined);
    store.candles(symbol, interval).then(
      (series) => isWanted && setCandles(series.candles),
      (failure: unknown) => isWanted && setError(failure),
    );
    return () => {
      isWanted = false;
    };
  }, [symbol, interval, attempt, store]);
  useEffect(() => {
    setCandles((known) => (known === undefined ? undefined : withQuote(known, interval, quote)));
  }, [quote, interval]);
  return (
    <div class="detail-candles">
      <div class="segmented" role="group" aria-label={t('interval')}>
        {(['1m', '1d'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={interval === one} onClick={() => setInterval_(one)}>
            {t(`interval.${one}`)}
          </button>
        ))}
      </div>
      {error !== undefined ? (
        <Failure error={error} retry={() => setAttempt(attempt + 1)} />
      ) : candles === undefined || Chart === undefined ? (
        <Loading />
      ) : candles.length === 0 ? (
        <Empty title={t('chart.empty')} />
      ) : (
        <Chart symbol={symbol} candles={candles} />
      )}
    </div>
  );
}

function Alerts({ store, line }: { readonly store: StocksStore; readonly line: Line }): JSX.Element {
  const { symbol } = line;
  const [direction, setDirection] = useState<'above' | 'below'>('above');
  const [wanted, setWanted] = useState('');
  const own = store.alerts.value.filter((alert) => alert.symbol === symbol);
  const add = (): void => {
    const value = Number(wanted.replace(',', '.'));
    const words = { symbol, direction: t(`alerts.${direction}`), price: price(value) };
    store.addAlert({ symbol, direction, price: value }).then(() => {
      setWanted('');
      notify('good', t('alerts.set', words));
    }, complain);
  };
  return (
    <section class="alerts">
      <h3>
        <Icon name="bell" size={18} /> {t('alerts.title')}
      </h3>
      {store.who.guest ? (
        <p class="hint">
          {t('alerts.guest')}{' '}
          <button
            type="button"
            class="small"
            onClick={() => {
              signInReason.value = 'asked';
            }}
          >
            {shell('account.sign-in')}
          </button>
        </p>
      ) : (
        <>
          {own.length === 0 && <p class="hint">{t('alerts.none', { symbol })}</p>}
          <ul>
            {own.map((alert) => {
              const words = { direction: t(`alerts.${alert.direction}`), price: price(alert.price) };
              return (
                <li key={alert.id} class="tag alert">
                  {t('alerts.item', words)}
                  <button
                    type="button"
                    class="quiet square"
                    aria-label={t('alerts.remove', words)}
                    onClick={() => store.removeAlert(alert.id)}
                  >
                    <Icon name="close" size={14} />
                  </button>
                </li>
              );
            })}
          </ul>
          <form
            class="line"
            aria-label={t('alerts.add', { symbol })}
            onSubmit={(event) => {
              event.preventDefault();
              add();
            }}
          >
            <label class="field">
              <span>{t('alerts.direction')}</span>
              <select
                value={direction}
                onChange={(event) => setDirection(event.currentTarget.value === 'below' ? 'below' : 'above')}
              >
                <option value="above">{t('alerts.above')}</option>
                <option value="below">{t('alerts.below')}</option>
              </select>
            </label>
            <label class="field">
              <span>{t('alerts.price')}</span>
              <input
                inputmode="decimal"
                required
                pattern="[0-9]+([.,][0-9]+)?"
                placeholder={price(line.quote.price)}
                value={wanted}
                onInput={(event) => setWanted(event.currentTarget.value)}
              />
            </label>
            <button type="submit">{t('alerts.do')}</button>
          </form>
        </>
      )}
    </section>
  );
}
