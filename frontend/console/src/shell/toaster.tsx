import type { JSX } from 'preact';
import { dismiss, toasts } from '../toasts.ts';
import { Icon } from './icons.tsx';
import { t } from './messages.ts';

/** Where notices appear. They are read out once and take no focus. */
export function Toaster(): JSX.Element {
  return (
    <ul class="toasts" role="status" aria-label={t('notices')}>
      {toasts.value.map(({ id, kind, text, link }) => (
        <li key={id} class="toast" data-kind={kind}>
          <p>
            {text}{' '}
            {link !== undefined && (
              <a href={link.href} onClick={() => dismiss(id)}>
                {link.text}
              </a>
            )}
          </p>
          <button type="button" class="quiet square" aria-label={t('dismiss')} onClick={() => dismiss(id)}>
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
