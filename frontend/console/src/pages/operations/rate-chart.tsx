import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { axis, plain, useChart, type Chart } from '../../chart.ts';
import { number, timeOfDay } from '../../i18n.ts';
import { colour } from '../../theme.ts';
import { t } from './messages.ts';

/** Times in seconds, then what was published and what was delivered in a second. */
export type Rates = readonly [number[], number[], number[]];

const HEIGHT = 200;

/** Messages per second. */
export function RateChart({ rates }: { readonly rates: Rates }): JSX.Element {
  const data = useMemo((): uPlot.AlignedData => [...rates], [rates]);
  const place = useChart({ height: HEIGHT, data, options });
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

function options(): ReturnType<Chart['options']> {
  const series = (name: string): uPlot.Series => ({ stroke: colour(name), width: 2, points: { show: false } });
  return {
    ...plain(),
    scales: { x: { time: true }, y: { range: (_, _low, high) => [0, Math.max(1, high || 0) * 1.1] } },
    axes: [
      axis({ space: 90, size: 32, values: (_, splits) => splits.map((split) => timeOfDay(split * 1000, true)) }),
      axis({ size: 56, values: (_, splits) => splits.map((split) => number(split)) }),
    ],
    series: [{}, series('accent'), series('good')],
  };
}
