import type { JSX } from 'preact';
import type { PageProps } from '../../pages.ts';
import { Empty } from '../../shell/states.tsx';
import { t } from '../../shell/messages.ts';

export function Page(_: PageProps): JSX.Element {
  return <Empty icon="operations" title={t('placeholder')} />;
}
