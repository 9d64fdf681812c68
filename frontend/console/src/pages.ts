import type { ComponentType } from 'preact';
import type { IconName } from './shell/icons.tsx';

/** What a page is given: the segments of the address after its name. */
export interface PageProps {
  readonly segments: readonly string[];
}

/** A page of the console. Its code is loaded when it is opened first. */
export interface PageEntry {
  readonly id: 'chat' | 'stocks' | 'scores' | 'lab' | 'operations';
  readonly icon: IconName;

  /** The role without which the menu does not name it. */
  readonly role?: string;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

export const PAGES: readonly PageEntry[] = [
  { id: 'chat', icon: 'chat', load: () => import('./pages/chat/page.tsx').then(({ Page }) => Page) },
  { id: 'stocks', icon: 'stocks', load: () => import('./pages/stocks/page.tsx').then(({ Page }) => Page) },
  { id: 'scores', icon: 'scores', load: () => import('./pages/scores/page.tsx').then(({ Page }) => Page) },
  { id: 'lab', icon: 'lab', load: () => import('./pages/lab/page.tsx').then(({ Page }) => Page) },
  {
    id: 'operations',
    icon: 'operations',
    role: 'OPERATOR',
    load: () => import('./pages/operations/page.tsx').then(({ Page }) => Page),
  },
];
