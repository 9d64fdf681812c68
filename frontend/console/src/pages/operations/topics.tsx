import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { number } from '../../i18n.ts';
import { href } from '../../router.ts';
import { bytes } from '../../units.ts';
import type { TopicSummary } from './api.ts';
import { t } from './messages.ts';
import type { PartProps } from './page.tsx';
import { usePolled } from './polled.ts';
import { behind, held } from './slow.ts';
import { Stale, Waiting } from './trouble.tsx';

/** The topics in use, and how far their slowest subscribers are behind. */
export function Topics({ endpoints }: PartProps): JSX.Element {
  const prefix = useSignal('');
  const after = useSignal<string | undefined>(undefined);
  const polled = usePolled(
    () => endpoints.topics(prefix.value.trim(), after.value),
    [endpoints, prefix.value, after.value],
  );
  const page = polled.value.value;
  return (
    <section class="card" aria-label={t('tab.topics')}>
      <div class="operations-tools">
        <label class="field">
          <span>{t('topics.prefix')}</span>
          <input
            type="search"
            name="prefix"
            autocapitalize="none"
            spellcheck={false}
            placeholder="/topic/stocks."
            value={prefix.value}
            onInput={({ currentTarget }) => {
              prefix.value = currentTarget.value;
              after.value = undefined;
            }}
          />
        </label>
        {page !== undefined && <p class="hint">{t('topics.total', { count: page.total })}</p>}
      </div>
      {page === undefined ? (
        <Waiting polled={polled} />
      ) : (
        <>
          <Stale polled={polled} />
          {page.topics.length === 0 && <p class="hint">{t('topics.none')}</p>}
          {page.topics.length > 0 && (
            <div class="scroll" tabindex={0} role="region" aria-label={t('tab.topics')}>
              <table class="rows">
                <thead>
                  <tr>
                    <th scope="col">{t('topic')}</th>
                    <th scope="col">{t('family')}</th>
                    <th scope="col">{t('head')}</th>
                    {(['held', 'memory', 'rate', 'subscribers', 'slowest'] as const).map((name) => (
                      <th key={name} scope="col" class="number">
                        {t(name)}
                      </th>
                    ))}
                    <td />
                  </tr>
                </thead>
                <tbody>
                  {page.topics.map((topic) => (
                    <Row key={topic.destination} topic={topic} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <div class="actions">
            {after.value !== undefined && (
              <button type="button" class="small" onClick={() => (after.value = undefined)}>
                {t('first')}
              </button>
            )}
            {page.after !== undefined && (
              <button type="button" class="small" onClick={() => (after.value = page.after)}>
                {t('more')}
              </button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Row({ topic }: { readonly topic: TopicSummary }): JSX.Element {
  const { destination, family, head, bytes: size, rate, subscribers } = topic;
  const back = behind(topic);
  return (
    <tr data-topic={destination}>
      <th scope="row" class="code">
        {destination}
      </th>
      <td>{family}</td>
      <td class="code">{head}</td>
      <td class="number">{number(held(topic))}</td>
      <td class="number">{bytes(size)}</td>
      <td class="number">{number(rate, { maximumFractionDigits: 2 })}</td>
      <td class="number">{number(subscribers)}</td>
      <td class="number">
        {back === undefined ? '–' : number(back.entries)}
        {back?.willSkip === true && <span class="tag tag-bad">{t('will-skip')}</span>}
      </td>
      <td>
        <a href={href('operations', 'publish', destination)} aria-label={t('publish.to', { topic: destination })}>
          {t('tab.publish')}
        </a>
      </td>
    </tr>
  );
}
