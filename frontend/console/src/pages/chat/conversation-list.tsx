import type { RoomSummary } from '@carillon/client';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { href, navigate } from '../../router.ts';
import { needsSignIn } from '../../session.ts';
import { Icon } from '../../shell/icons.tsx';
import { Empty, Failure, Loading } from '../../shell/states.tsx';
import { Avatar } from './avatar.tsx';
import { CreateRoom, WriteTo } from './dialogs.tsx';
import { t } from './messages.ts';
import type { ChatStore } from './store.ts';

/** All rooms and those one writes with. */
export function ConversationList(props: {
  readonly store: ChatStore;
  readonly chosen: string | undefined;
}): JSX.Element {
  const { store, chosen } = props;
  const [dialog, setDialog] = useState<'create' | 'write'>();
  const rooms = store.rooms.value;
  const isKnown = ({ name, rank, lastRead }: RoomSummary): boolean =>
    name === 'general' || name === chosen || rank !== undefined || lastRead !== undefined;
  const known = rooms?.filter(isKnown) ?? [];
  const others = rooms?.filter((room) => !isKnown(room)) ?? [];
  const met = store.people.value;
  const people = chosen?.startsWith('@') === true && !met.includes(chosen.slice(1)) ? [chosen.slice(1), ...met] : met;
  const open = (what: 'create' | 'write'): void => {
    if (!needsSignIn()) {
      setDialog(what);
    }
  };
  return (
    <nav class="conversations" aria-label={t('list.label')}>
      <section>
        <header>
          <h2>{t('list.rooms')}</h2>
          <button type="button" class="quiet square small" aria-label={t('list.create')} onClick={() => open('create')}>
            <Icon name="plus" size={18} />
          </button>
        </header>
        {rooms === undefined && store.error.value === undefined && <Loading />}
        {rooms === undefined && store.error.value !== undefined && (
          <Failure error={store.error.value} retry={() => store.load()} />
        )}
        {rooms?.length === 0 && (
          <Empty title={t('list.empty')}>
            <p>{t('list.empty.more')}</p>
          </Empty>
        )}
        <Rooms store={store} rooms={known} chosen={chosen} />
      </section>
      {others.length > 0 && (
        <section>
          <header>
            <h2>{t('list.more')}</h2>
          </header>
          <Rooms store={store} rooms={others} chosen={chosen} />
        </section>
      )}
      <section>
        <header>
          <h2>{t('list.direct')}</h2>
          <button type="button" class="quiet square small" aria-label={t('list.write')} onClick={() => open('write')}>
            <Icon name="plus" size={18} />
          </button>
        </header>
        {people.length === 0 && <p class="hint">{store.who.guest ? t('list.guest') : t('list.nobody')}</p>}
        <ul>
          {!store.who.guest &&
            people.map((name) => {
              const isChosen = chosen === `@${name}`;
              return (
                <li key={name} class="conversation">
                  <a href={href('chat', `@${name}`)} aria-current={isChosen ? 'page' : undefined}>
                    <Avatar name={name} size="small" />
                    <span class="conversation-name">{name}</span>
                    <Unread count={store.direct(name).unread.value} />
                  </a>
                  <button
                    type="button"
                    class="quiet square small conversation-forget"
                    aria-label={t('list.forget', { name })}
                    onClick={() => {
                      store.forget(name);
                      if (isChosen) {
                        navigate('chat', 'general');
                      }
                    }}
                  >
                    <Icon name="close" size={14} />
                  </button>
                </li>
              );
            })}
        </ul>
      </section>
      {dialog === 'create' && <CreateRoom store={store} onClose={() => setDialog(undefined)} />}
      {dialog === 'write' && <WriteTo store={store} onClose={() => setDialog(undefined)} />}
    </nav>
  );
}

function Rooms(props: {
  readonly store: ChatStore;
  readonly rooms: readonly RoomSummary[];
  readonly chosen: string | undefined;
}): JSX.Element {
  return (
    <ul>
      {props.rooms.map(({ name, access }) => (
        <li key={name} class="conversation">
          <a href={href('chat', name)} aria-current={props.chosen === name ? 'page' : undefined}>
            <span class="conversation-sign" aria-hidden="true">
              {access === 'public' ? '#' : <Icon name="lock" size={15} />}
            </span>
            <span class="conversation-name">
              {name}
              {access === 'members' && <span class="unseen"> {t('members-only')}</span>}
            </span>
            <Unread count={props.store.room(name).unread.value} />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The service counts up to a thousand. */
function Unread({ count }: { readonly count: number }): JSX.Element | null {
  if (count === 0) {
    return null;
  }
  return (
    <span class="pill">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="unseen">{t('unread', { count })}</span>
    </span>
  );
}
