import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { language, timeOfDay } from '../../i18n.ts';
import { colour, isDark } from '../../theme.ts';
import { t } from './messages.ts';
import { LANES, type History } from './race.ts';
import { millis } from '../../units.ts';

const HEIGHT = 240;

/** The distribution of a scale; the library's types name it by an enum that does not exist at run time. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const LOGARITHMIC: uPlot.Scale.Distr = 3;

/** The shortest delay that is drawn, in milliseconds: clocks do not tell more. */
const LEAST = 0.5;

/** How late messages were, over the last two minutes; the scale is logarithmic. */
export function DelayChart({ history }: { readonly history: History }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const dark = isDark.value;
  const spoken = language.value;
  useEffect(() => {
    const element = place.current;
    if (element === null) {
      return undefined;
    }
    const made = new uPlot(options(element.clientWidth), columns(history), element);
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
    plot.current?.setData(columns(history));
  }, [history]);
  return <div ref={place} class="lab-chart" role="img" aria-label={t('chart.label')} />;
}

function columns([times, ...delays]: History): uPlot.AlignedData {
  const drawn = delays.map((values) => values.map((value) => (value === null ? null : Math.max(LEAST, value))));
  return [times, ...drawn];
}

function options(width: number): uPlot.Options {
  const line = { stroke: colour('line'), width: 1 };
  const axis: uPlot.Axis = { stroke: colour('soft'), font: '11px system-ui, sans-serif', grid: line, ticks: line };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: true },
      y: {
        distr: LOGARITHMIC,
        range: (_, low, high) => [Math.min(1, low || 1) * 0.8, Math.max(100, high || 100) * 1.4],
      },
    },
    axes: [
      { ...axis, space: 90, size: 32, values: (_, splits) => splits.map((split) => timeOfDay(split * 1000, true)) },
      {
        ...axis,
        size: 60,
        splits: (_plot, _axis, low, high) =>
          [1, 10, 100, 1000, 10_000, 100_000].filter((at) => at >= low && at <= high),
        values: (_, splits) => splits.map((split) => millis(split)),
      },
    ],
    series: [
      {},
      ...LANES.map((name) => ({
        stroke: colour(`lane-${name}`),
        width: 2,
        spanGaps: true,
        points: { show: false },
      })),
    ],
  };
}
