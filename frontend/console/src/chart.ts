import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { language } from './i18n.ts';
import { colour, isDark } from './theme.ts';

/** What is drawn: its height in CSS pixels, the figures, and how, which may use colours and words. */
export interface Chart {
  readonly height: number;
  readonly data: uPlot.AlignedData;
  readonly options: () => Omit<uPlot.Options, 'width' | 'height'>;
}

/**
 * A chart in an element, as wide as that. It is made anew when the colours or the language change, and takes new figures
 * as they come.
 *
 * @param keys what else it is made anew for
 */
export function useChart(
  { height, data, options }: Chart,
  keys: readonly unknown[] = [],
): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  useEffect(() => {
    const element = place.current;
    if (element === null) {
      return undefined;
    }
    const made = new uPlot({ ...options(), width: element.clientWidth, height }, data, element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [isDark.value, language.value, ...keys]);
  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);
  return place;
}

/** What all charts have in common: no legend of the library's, no zoom. */
export function plain(): Pick<uPlot.Options, 'legend' | 'cursor'> {
  return { legend: { show: false }, cursor: { drag: { x: false, y: false }, points: { show: false } } };
}

/** An axis in the colours of the page. */
export function axis(more: uPlot.Axis): uPlot.Axis {
  const line = { stroke: colour('line'), width: 1 };
  return { stroke: colour('soft'), font: '11px system-ui, sans-serif', grid: line, ticks: line, ...more };
}
