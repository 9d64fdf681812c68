import type { JSX } from 'preact';
import { Failure, Loading } from '../../shell/states.tsx';
import { explain } from '../../toasts.ts';
import { t } from './messages.ts';
import type { Polled } from './polled.ts';

/** What stands where there is nothing to show yet. */
export function Waiting({ polled }: { readonly polled: Polled<unknown> }): JSX.Element {
  return polled.error.value === undefined ? (
    <Loading />
  ) : (
    <Failure title={t('failed')} error={polled.error.value} retry={polled.refresh}>
      <p class="hint">{t('failed.port')}</p>
    </Failure>
  );
}

/** Says that what is shown is old. */
export function Stale({ polled }: { readonly polled: Polled<unknown> }): JSX.Element | null {
  return polled.error.value === undefined ? null : (
    <p class="notice bad" role="status">
      {t('old', { reason: explain(polled.error.value) })}
    </p>
  );
}
