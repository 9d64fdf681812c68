import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { language, number, timeOfDay } from '../../i18n.ts';
import { colour, isDark } from '../../theme.ts';
import { t } from './messages.ts';

/** Times in seconds, then what was published and what was delivered in a second. */
export type Rates = readonly [number[], number[], number[]];

const HEIGHT = 200;

/** Messages per second. */
export function RateChart({ rates }: { readonly rates: Rates }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const dark = isDark.value;
  const spoken = language.value;
  useEffect(() => {
    const element = place.current;
    if (element === null) {
      return undefined;
    }
    const made = new uPlot(options(element.clientWidth), [...rates], element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [dark, spoken]);
  useEffect(() => {
    plot.current?.setData([...rates]);
  }, [rates]);
  return (
    <>
      <p class="legend hint" aria-hidden="true">
        <span class="legend-in">{t('chart.in')}</span>
        <span class="legend-out">{t('chart.out')}</span>
      </p>
      <div ref={place} class="rate-chart" role="img" aria-label={t('chart.label')} />
    </>
  );
}

function options(width: number): uPlot.Options {
  const line = { stroke: colour('line'), width: 1 };
  const axis: uPlot.Axis = { stroke: colour('soft'), font: '11px system-ui, sans-serif', grid: line, ticks: line };
  const series = (name: string): uPlot.Series => ({ stroke: colour(name), width: 2, points: { show: false } });
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: true }, y: { range: (_, _low, high) => [0, Math.max(1, high || 0) * 1.1] } },
    axes: [
      { ...axis, space: 90, size: 32, values: (_, splits) => splits.map((split) => timeOfDay(split * 1000, true)) },
      { ...axis, size: 56, values: (_, splits) => splits.map((split) => number(split)) },
    ],
    series: [{}, series('accent'), series('good')],
  };
}
