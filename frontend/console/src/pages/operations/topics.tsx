import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { number } from '../../i18n.ts';
import { href } from '../../router.ts';
import { bytes } from '../../units.ts';
import type { TopicPage, TopicSummary } from './api.ts';
import { Listing, type Place } from './listing.tsx';
import { t } from './messages.ts';
import type { PartProps } from './page.tsx';
import { usePolled } from './polled.ts';
import { behind, held } from './slow.ts';

/** The topics in use, and how far their slowest subscribers are behind. */
export function Topics({ endpoints }: PartProps): JSX.Element {
  const place = useSignal<Place<string>>({ text: '', after: undefined });
  const { text, after } = place.value;
  const polled = usePolled(() => endpoints.topics(text.trim(), after), [endpoints, text, after]);
  return (
    <Listing
      title={t('tab.topics')}
      name="prefix"
      label={t('topics.prefix')}
      example="/topic/stocks."
      place={place}
      polled={polled}
      count={(count) => t('topics.total', { count })}
      none={t('topics.none')}
      head={
        <>
          <th scope="col">{t('topic')}</th>
          <th scope="col">{t('family')}</th>
          <th scope="col">{t('head')}</th>
          {(['held', 'memory', 'rate', 'subscribers', 'slowest'] as const).map((name) => (
            <th key={name} scope="col" class="number">
              {t(name)}
            </th>
          ))}
          <td />
        </>
      }
      items={(page: TopicPage) => page.topics}
      row={(topic) => <Row key={topic.destination} topic={topic} />}
    />
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
