import { signal } from '@preact/signals';
import { recall, remember } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';

const kept = recall('theme');

/** What was chosen; `system` follows the system's setting. */
export const theme = signal<Theme>(kept === 'light' || kept === 'dark' ? kept : 'system');

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** Whether colours are dark now; canvases are drawn anew when it changes. */
export const isDark = signal(false);

function apply(): void {
  const chosen = theme.peek();
  if (chosen === 'system') {
    delete document.documentElement.dataset['theme'];
  } else {
    document.documentElement.dataset['theme'] = chosen;
  }
  isDark.value = chosen === 'dark' || (chosen === 'system' && systemIsDark.matches);
}

systemIsDark.addEventListener('change', apply);
apply();

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  remember('theme', chosen);
  apply();
}

/** A colour of the stylesheet as it is now, for canvases. Read {@link isDark} beside it to follow changes. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
