import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { colour, isDark } from '../../theme.ts';

const WIDTH = 88;
const HEIGHT = 26;

/** The last prices as a line. What it says stands in the numbers beside it. */
export function Trend(props: {
  readonly prices: readonly number[];

  /** Changes when the prices have. */
  readonly version: unknown;
  readonly isUp: boolean;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { prices, version, isUp } = props;
  const dark = isDark.value;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) {
      return;
    }
    const scale = devicePixelRatio;
    if (element.width !== WIDTH * scale) {
      element.width = WIDTH * scale;
      element.height = HEIGHT * scale;
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, WIDTH, HEIGHT);
    const low = Math.min(...prices);
    const span = Math.max(...prices) - low || 1;
    const step = (WIDTH - 4) / Math.max(1, prices.length - 1);
    context.beginPath();
    prices.forEach((one, index) => context.lineTo(2 + index * step, HEIGHT - 3 - ((one - low) / span) * (HEIGHT - 6)));
    context.strokeStyle = palette(dark)[isUp ? 'good' : 'bad'];
    context.lineWidth = 1.5;
    context.lineJoin = 'round';
    context.stroke();
  }, [version, dark, isUp]);
  return <canvas ref={canvas} class="trend" width={WIDTH} height={HEIGHT} aria-hidden="true" />;
}

const palettes = new Map<boolean, { readonly good: string; readonly bad: string }>();

/** Reading the stylesheet for each line and picture would cost more than drawing. */
function palette(dark: boolean): { readonly good: string; readonly bad: string } {
  const known = palettes.get(dark) ?? { good: colour('good'), bad: colour('bad') };
  palettes.set(dark, known);
  return known;
}
