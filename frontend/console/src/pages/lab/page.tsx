import type { JSX } from 'preact';
import type { PageProps } from '../../pages.ts';
import { href } from '../../router.ts';
import { t } from './messages.ts';
import { RacePage } from './race-page.tsx';
import { WirePage } from './wire-page.tsx';
import './lab.css';

/** Transports side by side, and what is inside of a WebSocket. */
export function Page({ segments }: PageProps): JSX.Element {
  const isWire = segments[0] === 'wire';
  return (
    <div class="page lab">
      <header class="page-head">
        <h1>{t('title')}</h1>
        <nav class="tabs" aria-label={t('tabs')}>
          <a href={href('lab')} aria-current={isWire ? undefined : 'page'}>
            {t('tab.race')}
          </a>
          <a href={href('lab', 'wire')} aria-current={isWire ? 'page' : undefined}>
            {t('tab.wire')}
          </a>
        </nav>
      </header>
      {isWire ? <WirePage /> : <RacePage />}
    </div>
  );
}
