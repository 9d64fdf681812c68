import type { ComponentType, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { client } from '../../connection.ts';
import type { PageProps } from '../../pages.ts';
import { href } from '../../router.ts';
import { hasRole, signInReason, who } from '../../session.ts';
import { Empty } from '../../shell/states.tsx';
import { Endpoints } from './api.ts';
import { t } from './messages.ts';
import { Overview } from './overview.tsx';
import { Publish } from './publish.tsx';
import { Sessions } from './sessions.tsx';
import { Topics } from './topics.tsx';
import './operations.css';

/** What the parts of the page are given. */
export interface PartProps {
  readonly endpoints: Endpoints;
  readonly segments: readonly string[];
}

const PARTS = { overview: Overview, sessions: Sessions, topics: Topics, publish: Publish } as const;
type PartName = keyof typeof PARTS;

/** What operators see and do. */
export function Page({ segments }: PageProps): JSX.Element {
  const service = client.value;
  const endpoints = useMemo(() => new Endpoints(service), [service]);
  if (!hasRole('OPERATOR')) {
    return (
      <Empty icon="lock" title={t('denied.title')}>
        <p>{t('denied.text')}</p>
        {who.value.guest && (
          <button type="button" class="primary" onClick={() => (signInReason.value = 'needed')}>
            {t('denied.sign-in')}
          </button>
        )}
      </Empty>
    );
  }
  const [first = 'overview', ...rest] = segments;
  const part: PartName = first in PARTS ? (first as PartName) : 'overview';
  const Part: ComponentType<PartProps> = PARTS[part];
  return (
    <div class="page operations">
      <header class="page-head">
        <h1>{t('title')}</h1>
        <nav class="tabs" aria-label={t('tabs')}>
          {(Object.keys(PARTS) as PartName[]).map((name) => (
            <a key={name} href={href('operations', name)} aria-current={name === part ? 'page' : undefined}>
              {t(`tab.${name}`)}
            </a>
          ))}
        </nav>
      </header>
      <Part endpoints={endpoints} segments={rest} />
    </div>
  );
}
