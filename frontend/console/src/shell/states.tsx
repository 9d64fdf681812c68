import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { explain } from '../toasts.ts';
import { Icon, type IconName } from './icons.tsx';
import { t } from './messages.ts';

/** Something is on its way. Shows nothing for a moment, so that what is quick does not flicker. */
export function Loading({ what }: { readonly what?: string }): JSX.Element {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="state" role="status">
      {isLate && (
        <>
          <span class="spinner" aria-hidden="true" />
          <p>{what ?? t('loading')}</p>
        </>
      )}
    </div>
  );
}

/** There is nothing, and what one can do about that. */
export function Empty(props: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="state">
      {props.icon !== undefined && <Icon name={props.icon} size={32} />}
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}

/** Something failed, why, and how to try again. */
export function Failure(props: {
  readonly error: unknown;
  readonly title?: string;
  readonly retry?: () => void;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="state" role="alert">
      <Icon name="warning" size={32} />
      <h2>{props.title ?? t('failure.title')}</h2>
      <p>{explain(props.error)}</p>
      {props.retry !== undefined && (
        <button type="button" onClick={props.retry}>
          {t('retry')}
        </button>
      )}
      {props.children}
    </div>
  );
}
