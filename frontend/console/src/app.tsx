import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { unreadMessages } from './badges.ts';
import { connection, signOut } from './connection.ts';
import { language, speak, type Language } from './i18n.ts';
import { PAGES } from './pages.ts';
import { href, route } from './router.ts';
import { hasRole, signInReason, who } from './session.ts';
import { Badge } from './shell/badge.tsx';
import { Bell, Icon } from './shell/icons.tsx';
import { t } from './shell/messages.ts';
import { NoticeBar } from './shell/notice-bar.tsx';
import { Outlet } from './shell/outlet.tsx';
import { Popover } from './shell/popover.tsx';
import { SignIn } from './shell/sign-in.tsx';
import { Toaster } from './shell/toaster.tsx';
import { chooseTheme, theme, type Theme } from './theme.ts';
import { complain, notify } from './toasts.ts';
import { waitingOf } from './waiting.ts';

/** The frame around all pages. */
export function App(): JSX.Element {
  const { user, guest } = who.value;
  useEffect(() => {
    if (!guest && waitingOf(user).size > 0) {
      // What waits is sent whichever page is open.
      void import('./pages/chat/store.ts').then(({ chatStore }) => chatStore(), complain);
    }
  }, [user, guest]);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        {t('nav.skip')}
      </a>
      <header class="bar">
        <a class="brand" href={href('chat')}>
          <Bell />
          <span>Carillon</span>
        </a>
        <div class="bar-end">
          <Badge />
          <Settings />
          <Account />
        </div>
      </header>
      <NoticeBar />
      <Menu />
      <Outlet />
      <LostNotice />
      <Toaster />
      <SignIn />
    </>
  );
}

/** The address belongs to the router. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Menu(): JSX.Element {
  const pages = PAGES.filter(({ role, id }) => role === undefined || hasRole(role) || route.value.page === id);
  return (
    <nav class="menu" aria-label={t('nav.label')}>
      <ul>
        {pages.map(({ id, icon }) => (
          <li key={id}>
            <a href={href(id)} aria-current={route.value.page === id ? 'page' : undefined}>
              <Icon name={icon} size={22} />
              {id === 'chat' && unreadMessages.value > 0 && route.value.page !== 'chat' && <span class="menu-mark" />}
              <span class="menu-long">{t(`page.${id}`)}</span>
              <span class="menu-short" aria-hidden="true">
                {id === 'lab' || id === 'operations' ? t(`page.${id}.short`) : t(`page.${id}`)}
              </span>
            </a>
          </li>
        ))}
      </ul>
      <a class="menu-foot" href="plain/">
        {t('nav.plain')}
      </a>
    </nav>
  );
}

function Settings(): JSX.Element {
  return (
    <Popover class="quiet square" label={t('settings.title')} face={<Icon name="settings" />}>
      {() => (
        <div class="form">
          <label class="field">
            <span>{t('settings.theme')}</span>
            <select value={theme.value} onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}>
              {(['system', 'light', 'dark'] as const).map((name) => (
                <option key={name} value={name}>
                  {t(`settings.theme.${name}`)}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>{t('settings.language')}</span>
            <select value={language.value} onChange={(event) => speak(event.currentTarget.value as Language)}>
              <option value="en">English</option>
              <option value="zh" lang="zh-CN">
                中文
              </option>
            </select>
          </label>
        </div>
      )}
    </Popover>
  );
}

function Account(): JSX.Element {
  const { user, guest, roles } = who.value;
  if (guest) {
    return (
      <button
        type="button"
        class="primary small"
        onClick={() => {
          signInReason.value = 'asked';
        }}
      >
        {t('account.sign-in')}
      </button>
    );
  }
  const leave = (shut: () => void): void => {
    shut();
    signOut().then(() => notify('info', t('account.left')), complain);
  };
  const face = <span class="initial">{user.slice(0, 1).toUpperCase()}</span>;
  return (
    <Popover class="quiet square" label={t('account.of', { name: user })} face={face}>
      {(shut) => (
        <>
          <h2>{user}</h2>
          <p class="hint">{t('account.roles', { roles: roles.join(', ').toLowerCase() })}</p>
          <button type="button" onClick={() => leave(shut)}>
            {t('account.sign-out')}
          </button>
        </>
      )}
    </Popover>
  );
}

/** Says on every page that it stands still, unless that is over in a moment. */
function LostNotice(): JSX.Element | null {
  const { state, close, error } = connection.value;
  if (state === 'connected' || (close === undefined && error === undefined)) {
    return null;
  }
  return (
    <p class="lost">
      {state === 'disconnected' && error !== undefined
        ? t('connection.gone', { reason: error.message })
        : t('connection.offline')}
    </p>
  );
}
