import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { axis, plain, useChart, type Chart } from '../../chart.ts';
import { timeOfDay } from '../../i18n.ts';
import { colour } from '../../theme.ts';
import { millis } from '../../units.ts';
import { t } from './messages.ts';
import { LANES, type History } from './race.ts';

const HEIGHT = 240;

/** The distribution of a scale; the library's types name it by an enum that does not exist at run time. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const LOGARITHMIC: uPlot.Scale.Distr = 3;

/** The shortest delay that is drawn, in milliseconds: clocks do not tell more. */
const LEAST = 0.5;

/** How late messages were, over the last two minutes; the scale is logarithmic. */
export function DelayChart({ history }: { readonly history: History }): JSX.Element {
  const data = useMemo(() => columns(history), [history]);
  const place = useChart({ height: HEIGHT, data, options });
  return <div ref={place} class="lab-chart" role="img" aria-label={t('chart.label')} />;
}

function columns([times, ...delays]: History): uPlot.AlignedData {
  const drawn = delays.map((values) => values.map((value) => (value === null ? null : Math.max(LEAST, value))));
  return [times, ...drawn];
}

function options(): ReturnType<Chart['options']> {
  return {
    ...plain(),
    scales: {
      x: { time: true },
      y: {
        distr: LOGARITHMIC,
        range: (_, low, high) => [Math.min(1, low || 1) * 0.8, Math.max(100, high || 100) * 1.4],
      },
    },
    axes: [
      axis({ space: 90, size: 32, values: (_, splits) => splits.map((split) => timeOfDay(split * 1000, true)) }),
      axis({
        size: 60,
        splits: (_plot, _axis, low, high) =>
          [1, 10, 100, 1000, 10_000, 100_000].filter((at) => at >= low && at <= high),
        values: (_, splits) => splits.map((split) => millis(split)),
      }),
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
