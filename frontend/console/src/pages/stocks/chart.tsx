import type { Candle } from '@carillon/client';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { axis, plain, useChart, type Chart } from '../../chart.ts';
import { date, timeOfDay } from '../../i18n.ts';
import { colour } from '../../theme.ts';
import { t } from './messages.ts';
import { price } from './store.ts';

const HEIGHT = 300;
const DAY = 86_400;

/** Candles. The same as text for those who do not see them. */
export function CandleChart({
  symbol,
  candles,
}: {
  readonly symbol: string;
  readonly candles: readonly Candle[];
}): JSX.Element {
  const [pointed, setPointed] = useState<number | undefined>();
  const data = useMemo(() => columns(candles), [candles]);
  const place = useChart({ height: HEIGHT, data, options: () => options(setPointed) }, [symbol]);
  const shown = candles[pointed ?? candles.length - 1];
  const summary = t('chart.label', {
    symbol,
    count: candles.length,
    open: price(candles[0]?.open ?? null),
    close: price(candles.at(-1)?.close ?? null),
    low: price(Math.min(...candles.map(({ low }) => low))),
    high: price(Math.max(...candles.map(({ high }) => high))),
  });
  return (
    <figure class="chart">
      <figcaption class="hint">{shown !== undefined && legend(shown)}</figcaption>
      <div ref={place} role="img" aria-label={summary} />
    </figure>
  );
}

function legend({ open, high, low, close }: Candle): string {
  return t('chart.legend', { open: price(open), high: price(high), low: price(low), close: price(close) });
}

function columns(candles: readonly Candle[]): uPlot.AlignedData {
  return [
    candles.map(({ time }) => time / 1000),
    candles.map(({ open }) => open),
    candles.map(({ high }) => high),
    candles.map(({ low }) => low),
    candles.map(({ close }) => close),
  ];
}

function options(point: (index: number | undefined) => void): ReturnType<Chart['options']> {
  const hidden: uPlot.Series = { paths: () => null, points: { show: false } };
  return {
    ...plain(),
    scales: {
      x: { time: true, range: (plot, low, high) => spread(plot, low, high) },
      y: { range: (_, low, high) => padded(low, high) },
    },
    axes: [
      axis({ values: (_, splits, _index, _space, step) => splits.map((split) => moment(split, step)) }),
      axis({ size: 64, values: (_, splits) => splits.map((split) => price(split)) }),
    ],
    series: [{}, hidden, hidden, hidden, hidden],
    hooks: {
      draw: [drawCandles],
      setCursor: [({ cursor }) => point(cursor.idx ?? undefined)],
    },
  };
}

function moment(seconds: number, step: number): string {
  return step < DAY ? timeOfDay(seconds * 1000) : date(seconds * 1000);
}

/** Half a candle more on both sides. */
function spread({ data: [times] }: uPlot, low: number, high: number): [number, number] {
  const step = times.length < 2 ? 60 : Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
  return [low - step / 2, high + step / 2];
}

function padded(low: number, high: number): [number, number] {
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - room, high + room];
}

function drawCandles(plot: uPlot): void {
  const { ctx, data } = plot;
  const [times, opens = [], highs = [], lows = [], closes = []] = data;
  const { left, width } = plot.bbox;
  const gap = width / Math.max(1, times.length);
  const body = Math.max(1, Math.min(14 * devicePixelRatio, Math.floor(gap * 0.7)));
  const good = colour('good');
  const bad = colour('bad');
  const y = (value: number | null | undefined): number => Math.round(plot.valToPos(value ?? 0, 'y', true));
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, plot.bbox.top, width, plot.bbox.height);
  ctx.clip();
  times.forEach((time, index) => {
    const open = y(opens[index]);
    const close = y(closes[index]);
    const x = Math.round(plot.valToPos(time, 'x', true));
    const isUp = close <= open;
    ctx.fillStyle = isUp ? good : bad;
    ctx.fillRect(
      x - Math.round(devicePixelRatio / 2),
      y(highs[index]),
      Math.max(1, devicePixelRatio),
      y(lows[index]) - y(highs[index]),
    );
    ctx.fillRect(
      x - Math.floor(body / 2),
      Math.min(open, close),
      body,
      Math.max(devicePixelRatio, Math.abs(close - open)),
    );
  });
  ctx.restore();
}
