import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { client } from '../connection.ts';
import { timeOfDay } from '../i18n.ts';
import { dismissNotice, followNotices, notices } from '../notices.ts';
import { Icon } from './icons.tsx';
import { t } from './messages.ts';

/** What operators tell everybody, above every page until one has read it. It is read out when there is time. */
export function NoticeBar(): JSX.Element {
  const current = client.value;
  useEffect(() => followNotices(current), [current]);
  return (
    <ul class="notice-bar" role="status" aria-label={t('announcements')}>
      {notices.value.map((notice) => (
        <li key={notice.topic}>
          <Icon name="bell" size={18} />
          <p>
            {notice.text} <time dateTime={new Date(notice.at).toISOString()}>{timeOfDay(notice.at)}</time>
          </p>
          <button type="button" class="quiet square" aria-label={t('dismiss')} onClick={() => dismissNotice(notice)}>
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
