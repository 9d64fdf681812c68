import { clockSeconds, type MatchState } from '@carillon/client';
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { clockText } from './board.ts';

/** The time as all clocks of the page see it, in milliseconds since 1970. */
const now = signal(Date.now());
let shown = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The clock of a match, ticking. @param props.offset how far the clock of the service is ahead, in milliseconds */
export function Clock({ state, offset }: { readonly state: MatchState; readonly offset: number }): JSX.Element {
  useEffect(() => {
    if (shown++ === 0) {
      timer = setInterval(() => (now.value = Date.now()), 250);
    }
    return () => {
      if (--shown === 0) {
        clearInterval(timer);
      }
    };
  }, []);
  const seconds = clockSeconds(state.clock, now.value + offset);
  return <span class="clock">{clockText(state.kind, state.clock, seconds)}</span>;
}
