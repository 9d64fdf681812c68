import type { JSX } from 'preact';

/** Drawn on 20 by 20, with lines as thick as those of the type. */
const PATHS = {
  chat: 'M3 5.5A1.5 1.5 0 0 1 4.5 4h11A1.5 1.5 0 0 1 17 5.5v7a1.5 1.5 0 0 1-1.5 1.5H9l-4 3v-3h-.5A1.5 1.5 0 0 1 3 12.5zM6.5 7.75h7M6.5 10.5h4.5',
  stocks:
    'M3 16.5h14M5.5 13.5v-3M5.5 6.5v-1M4.25 6.5h2.5v4h-2.5zM10 13v-1.5M10 5V3.5M8.75 5h2.5v6.5h-2.5zM14.5 14v-2M14.5 7V5.5M13.25 7h2.5v5h-2.5z',
  scores:
    'M6 3.5h8v4.75a4 4 0 0 1-8 0zM6 5H3.25c0 2.75 1 4.25 3 4.25M14 5h2.75c0 2.75-1 4.25-3 4.25M10 12.25V15M6.75 16.5h6.5M8.25 16.5V15h3.5v1.5',
  lab: 'M8 3v5L3.75 15a1 1 0 0 0 .85 1.5h10.8a1 1 0 0 0 .85-1.5L12 8V3M6.75 3h6.5M5.75 12h8.5',
  operations: 'M2.75 10h3l2-5.5 3.5 11 2.25-7.5 1 2h2.75',
  send: 'M3.5 10 17 3.5 12.5 17l-2.75-5.25zM9.75 11.75 17 3.5',
  plus: 'M10 4v12M4 10h12',
  close: 'm5 5 10 10M15 5 5 15',
  reply: 'M8 5 3.5 9.25 8 13.5M3.5 9.25H11c3.5 0 5.5 1.75 5.5 5.25',
  edit: 'm4 16 .75-3.25L13.5 4l2.5 2.5-8.75 8.75zM11.75 5.75l2.5 2.5',
  delete: 'M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.75 11h7.5l.75-11M8.5 8.5v5M11.5 8.5v5',
  react: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7 11.5c.75 1.25 1.75 2 3 2s2.25-.75 3-2M7.75 8v.01M12.25 8v.01',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c0-3 2.25-4.75 5.5-4.75S13 13.5 13 16.5M13 3.75a3 3 0 0 1 0 5.5M15 12.25c1.9.75 3 2.2 3 4.25',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  settings: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4',
  down: 'M10 4v12M5 11l5 5 5-5',
  bell: 'M10 3v1M5.5 13.5C6.75 12 6.5 10.5 6.5 8.5a3.5 3.5 0 0 1 7 0c0 2-.25 3.5 1 5zM8.5 16.25c.75.65 2.25.65 3 0',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  mute: 'M4 8v4h2.5L10 15V5L6.5 8zM13 8l4 4M17 8l-4 4',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  warning: 'M10 3.5 17.5 16.5h-15zM10 8v4M10 14.25v.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside a word, or inside of a button that has a label. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The brand. */
export function Bell({ size = 26 }: { readonly size?: number }): JSX.Element {
  return (
    <svg class="bell" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        class="bell-body"
        d="M16 3a2 2 0 0 1 2 2v.7c4 .8 6.7 4.2 6.7 8.3 0 5.3.9 7.4 2.8 9.3.5.5.2 1.2-.5 1.2H5c-.7 0-1-.7-.5-1.2 1.9-1.9 2.8-4 2.8-9.3 0-4.1 2.7-7.5 6.7-8.3V5a2 2 0 0 1 2-2z"
      />
      <path class="bell-clapper" d="M12.2 26h7.6a3.8 3.4 0 0 1-7.6 0z" />
    </svg>
  );
}
