import { type Alert, type CarillonClient, type Quote, stocks, type Stocks } from '@carillon/client';
import { signal } from '@preact/signals';
import { client } from '../../connection.ts';
import { number } from '../../i18n.ts';
import { href } from '../../router.ts';
import { who, type Who } from '../../session.ts';
import { recall, remember } from '../../storage.ts';
import { complain, notify } from '../../toasts.ts';
import { Board } from './board.ts';
import { t } from './messages.ts';

/** How many trends are asked for at the same time. */
const AT_ONCE = 3;

/** How many candles a trend begins with. */
const SEED = 40;

/** The symbols that were marked, kept in this browser. */
export const starred = signal<ReadonlySet<string>>(new Set((recall('stars') ?? '').split(',').filter(Boolean)));

export function star(symbol: string): void {
  const next = new Set(starred.peek());
  if (!next.delete(symbol)) {
    next.add(symbol);
  }
  starred.value = next;
  remember('stars', [...next].join(','));
}

/** A price as it is written: with as many decimals as it has, at least two. */
export function price(value: number | null): string {
  return value === null ? '–' : number(value, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}

/** What the stocks page knows, for one user and one client. */
export class StocksStore {
  readonly board = new Board();
  readonly phase = signal<'loading' | 'ready' | 'failed'>('loading');
  readonly error = signal<unknown>(undefined);
  readonly alerts = signal<readonly Alert[]>([]);
  readonly who: Who;
  readonly #api: Stocks;
  readonly #seeded = new Set<string>();
  readonly #unseeded: string[] = [];
  #seeding = 0;

  constructor(connected: CarillonClient, user: Who) {
    this.who = user;
    this.#api = stocks(connected);
    this.load();
    if (!user.guest) {
      this.#followAlerts();
    }
  }

  /** Reads the last quotes of all symbols. */
  load(): void {
    this.phase.value = 'loading';
    this.#api.list().then(
      (quotes) => {
        quotes.forEach((quote) => this.board.take(quote, Date.now()));
        this.phase.value = 'ready';
      },
      (error: unknown) => {
        this.error.value = error;
        this.phase.value = 'failed';
      },
    );
  }

  /** Follows symbols, or all, until the returned function is called. */
  watch(symbols: readonly string[] | '*'): () => void {
    const stop = new AbortController();
    const take = (quote: Quote): void => this.board.take(quote, Date.now());
    this.#api.watch(symbols, take, { mode: 'latest', signal: stop.signal }).catch((error: unknown) => {
      if (!stop.signal.aborted) {
        complain(error);
      }
    });
    return () => stop.abort();
  }

  candles(symbol: string, interval: '1m' | '1d'): ReturnType<Stocks['candles']> {
    return this.#api.candles(symbol, { interval, limit: 240 });
  }

  /** Lets the trend of a symbol begin with its last candles; some at a time. */
  seed(symbol: string): void {
    if (!this.#seeded.has(symbol)) {
      this.#seeded.add(symbol);
      this.#unseeded.push(symbol);
      this.#seedNext();
    }
  }

  #seedNext(): void {
    const symbol = this.#seeding < AT_ONCE ? this.#unseeded.pop() : undefined;
    if (symbol === undefined) {
      return;
    }
    this.#seeding++;
    this.#api
      .candles(symbol, { limit: SEED })
      .then(({ candles }) => this.board.seed(symbol, candles))
      .catch(() => undefined)
      .finally(() => {
        this.#seeding--;
        this.#seedNext();
      });
  }

  async addAlert(alert: Omit<Alert, 'id'>): Promise<void> {
    await this.#api.addAlert(alert);
  }

  removeAlert(id: string): void {
    this.#api.removeAlert(id).catch(complain);
  }

  #followAlerts(): void {
    this.#api
      .onAlert(
        ({ event, alert, quote }) => {
          const others = this.alerts.peek().filter(({ id }) => id !== alert.id);
          this.alerts.value = event === 'added' ? [...others, alert] : others;
          if (event === 'crossed') {
            const direction = t(`alerts.${alert.direction}`);
            const now = price(quote?.price ?? null);
            const values = { symbol: alert.symbol, direction, price: price(alert.price), now };
            notify('good', t('alerts.crossed', values), {
              href: href('stocks', alert.symbol),
              text: t('alerts.open', { symbol: alert.symbol }),
            });
          }
        },
        { onGap: () => this.#readAlerts() },
      )
      .then(() => this.#readAlerts())
      .catch(complain);
  }

  #readAlerts(): void {
    this.#api.alerts().then((alerts) => {
      this.alerts.value = alerts;
    }, complain);
  }
}

let current: { readonly client: CarillonClient; readonly user: string; readonly store: StocksStore } | undefined;

/** The stocks of the present client and user. */
export function stocksStore(): StocksStore {
  const connected = client.value;
  const { user } = who.value;
  if (current?.client !== connected || current.user !== user) {
    current = { client: connected, user, store: new StocksStore(connected, who.peek()) };
  }
  return current.store;
}
