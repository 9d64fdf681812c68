import { CarillonError } from '@carillon/client';
import { signal } from '@preact/signals';
import { t } from './shell/messages.ts';

/** A notice at the edge of the page. */
export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'good' | 'bad';
  readonly text: string;

  /** Where it leads. */
  readonly link: { readonly href: string; readonly text: string } | undefined;
}

const LIFE = { info: 6000, good: 6000, bad: 12_000 } as const;
const MOST = 4;

export const toasts = signal<readonly Toast[]>([]);

let ids = 0;

/** Shows a notice for some seconds. */
export function notify(kind: Toast['kind'], text: string, link?: Toast['link']): void {
  const toast = { id: ++ids, kind, text, link };
  toasts.value = [...toasts.peek().filter((one) => one.text !== text), toast].slice(-MOST);
  setTimeout(() => dismiss(toast.id), LIFE[kind]);
}

export function dismiss(id: number): void {
  toasts.value = toasts.peek().filter((toast) => toast.id !== id);
}

/** Shows what went wrong, unless it is only that somebody has changed their mind. */
export function complain(error: unknown): void {
  if (error instanceof CarillonError && (error.code === 'aborted' || error.code === 'closed')) {
    return;
  }
  notify('bad', explain(error));
}

/** What went wrong, for a person. */
export function explain(error: unknown): string {
  if (!(error instanceof CarillonError)) {
    return t('error.other');
  }
  switch (error.code) {
    case 'access-denied':
      return t('error.access-denied', { detail: error.message });
    case 'unavailable':
      return t('error.unavailable', { detail: error.message });
    case 'login-failed':
      return t('error.login-failed');
    case 'rate-limited':
      return t('error.rate-limited', { detail: error.message });
    case 'timeout':
      return t('error.timeout');
    case 'not-found':
      return t('error.not-found', { detail: error.message });
    default:
      return t('error.refused', { detail: error.message });
  }
}
