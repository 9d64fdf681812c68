import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { client, connect, connection, type Connection } from '../connection.ts';
import { timeOfDay } from '../i18n.ts';
import { signInReason } from '../session.ts';
import { t } from './messages.ts';
import { Popover } from './popover.tsx';

/** How the connection is, in a word. */
export function summary(
  { state, retryAt }: Connection,
  surroundings: { readonly isOnline: boolean; readonly mustSignIn: boolean; readonly now: number },
): { readonly tone: 'good' | 'busy' | 'bad'; readonly text: string } {
  if (state === 'connected') {
    return { tone: 'good', text: t('badge.connected') };
  }
  if (surroundings.mustSignIn) {
    return { tone: 'busy', text: t('badge.waiting') };
  }
  if (!surroundings.isOnline) {
    return { tone: 'bad', text: t('badge.offline') };
  }
  if (state === 'disconnected') {
    return { tone: 'bad', text: t('badge.disconnected') };
  }
  const seconds = retryAt === undefined ? 0 : Math.ceil((retryAt - surroundings.now) / 1000);
  return { tone: 'busy', text: seconds > 0 ? t('badge.retrying', { seconds }) : t('badge.connecting') };
}

/** The truth about the connection, and what one can do about it. */
export function Badge(): JSX.Element {
  const present = connection.value;
  const now = useNow(present.retryAt !== undefined);
  const isOnline = useOnline();
  const { tone, text } = summary(present, { isOnline, mustSignIn: signInReason.value === 'expired', now });
  const { session, close, since, error } = present;
  const face = (
    <>
      <span class="dot" data-tone={tone} aria-hidden="true" />
      <span class="badge-text">{text}</span>
      {session !== undefined && <span class="badge-transport">{session.transport}</span>}
    </>
  );
  return (
    <>
      <Popover class="badge" label={t('badge.label', { state: text })} face={face}>
        {(shut) => (
          <>
            <h2>{t('connection.title')}</h2>
            <dl class="facts">
              <dt>{t('connection.transport')}</dt>
              <dd>{session?.transport ?? t('connection.none')}</dd>
              {session !== undefined && (
                <>
                  <dt>{t('connection.user')}</dt>
                  <dd>{session.guest ? t('connection.guest', { name: session.user }) : session.user}</dd>
                </>
              )}
              {session?.session !== undefined && (
                <>
                  <dt>{t('connection.session')}</dt>
                  <dd>
                    <code>{session.session}</code>
                  </dd>
                </>
              )}
              {since !== undefined && (
                <>
                  <dt>{t('connection.since')}</dt>
                  <dd>{timeOfDay(since, true)}</dd>
                </>
              )}
              {close !== undefined && (
                <>
                  <dt>{t('connection.last')}</dt>
                  <dd>{t('connection.closed', { code: String(close.code), reason: close.reason })}</dd>
                </>
              )}
            </dl>
            {error !== undefined && <p class="notice">{error.message}</p>}
            {present.state === 'connected' ? (
              <>
                <button type="button" onClick={() => client.peek().cut()}>
                  {t('connection.cut')}
                </button>
                <p class="hint">{t('connection.cut.hint')}</p>
              </>
            ) : (
              <button
                type="button"
                onClick={() => {
                  shut();
                  connect();
                }}
              >
                {t('connection.now')}
              </button>
            )}
          </>
        )}
      </Popover>
      <span class="unseen" role="status">
        {present.retryAt === undefined ? text : t('badge.connecting')}
      </span>
    </>
  );
}

function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isTicking) {
      return undefined;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return isOnline;
}
