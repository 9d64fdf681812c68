import { byId, count, duration, el, flash, setText } from './dom.js';

const CELLS = ['price', 'change', 'bid', 'ask', 'volume', 'age'];

const HIDDEN_WHEN_NARROW = new Set(['bid', 'ask', 'volume']);

/** A table of quotes that marks what has just changed and what is stale. */
export class Quotes {
  #rows = new Map();

  constructor(link) {
    link.subscribe(
      '/topic/stocks.*',
      (quote, headers) => this.#take(quote, headers.stale === 'true'),
      ({ refusal }) => refusal && setText(byId('quotes-note'), refusal.message),
    );
    setInterval(() => this.#grow(), 1000);
  }

  #take(quote, isStale) {
    const row = this.#rows.get(quote.symbol) ?? this.#add(quote.symbol);
    const before = row.quote?.price;
    row.quote = quote;
    row.isStale = isStale || quote.stale === true;
    setText(row.cells.price, money(quote.price));
    setText(row.cells.change, change(quote));
    setText(row.cells.bid, money(quote.bid));
    setText(row.cells.ask, money(quote.ask));
    setText(row.cells.volume, quote.volume?.toLocaleString() ?? '–');
    row.cells.change.dataset.trend = trend(quote.change);
    row.element.dataset.stale = String(row.isStale);
    this.#age(row, Date.now());
    if (before !== undefined && before !== quote.price) {
      const direction = quote.price > before ? 'up' : 'down';
      row.cells.price.dataset.moved = direction;
      flash(row.cells.price, `var(--${direction}-tint)`);
    }
    this.#showCount();
  }

  #add(symbol) {
    const cells = {};
    const element = el('tr', { 'data-symbol': symbol }, el('th', { scope: 'row' }, symbol));
    for (const name of CELLS) {
      cells[name] = el('td', { class: HIDDEN_WHEN_NARROW.has(name) ? 'number more' : 'number', 'data-cell': name });
      element.append(cells[name]);
    }
    const row = { element, cells };
    const after = [...this.#rows.keys()].filter((other) => other > symbol).sort()[0];
    byId('quotes').insertBefore(element, this.#rows.get(after)?.element ?? null);
    this.#rows.set(symbol, row);
    return row;
  }

  #grow() {
    const now = Date.now();
    this.#rows.forEach((row) => this.#age(row, now));
  }

  #age(row, now) {
    const age = Math.max(0, now - row.quote.time);
    setText(row.cells.age, row.isStale ? `stale, ${duration(age)}` : age < 1000 ? 'now' : duration(age));
  }

  #showCount() {
    const stale = [...this.#rows.values()].filter((row) => row.isStale).length;
    const all = count(this.#rows.size, 'symbol', 'symbols');
    setText(byId('quotes-note'), stale === 0 ? all : `${all}, ${stale} stale`);
  }
}

function money(value) {
  return value === null || value === undefined
    ? '–'
    : value.toLocaleString(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}

function trend(value) {
  return value > 0 ? 'up' : value < 0 ? 'down' : 'flat';
}

function change({ change: absolute, changePercent: percent }) {
  if (absolute === null || absolute === undefined) {
    return '–';
  }
  const sign = { up: '▲', down: '▼', flat: '' }[trend(absolute)];
  return `${sign} ${Math.abs(percent ?? 0).toFixed(2)} %`.trim();
}
