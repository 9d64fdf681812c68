import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { unreadMessages } from '../../badges.ts';
import type { PageProps } from '../../pages.ts';
import { navigate } from '../../router.ts';
import { Loading } from '../../shell/states.tsx';
import { recall, remember } from '../../storage.ts';
import { ConversationList } from './conversation-list.tsx';
import './page.css';
import { DirectTalk, RoomTalk } from './talk.tsx';
import { chatStore } from './store.ts';

const NARROW = matchMedia('(max-width: 40rem)');

/** `#/chat/general` is a room, `#/chat/@bob` a conversation of two, `#/chat` the list of all or the last one. */
export function Page({ segments }: PageProps): JSX.Element {
  const store = chatStore();
  const [name] = segments;
  const unread = store.unread.value;
  useEffect(() => {
    unreadMessages.value = unread;
  }, [unread]);
  useEffect(() => {
    // Who comes back may find rooms that were not there before.
    const look = (): void => {
      if (document.visibilityState === 'visible') {
        store.load();
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [store]);
  useEffect(() => {
    if (name !== undefined) {
      remember('conversation', name);
    } else if (!NARROW.matches) {
      const last = recall('conversation') ?? 'general';
      navigate('chat', store.who.guest && last.startsWith('@') ? 'general' : last);
    }
  }, [name, store]);
  return (
    <div class="chat" data-view={name === undefined ? 'list' : 'talk'}>
      <ConversationList store={store} chosen={name} />
      {name === undefined ? (
        <section class="talk">
          <Loading />
        </section>
      ) : name.startsWith('@') ? (
        <DirectTalk key={`${store.who.user} ${name}`} store={store} other={name.slice(1)} />
      ) : (
        <RoomTalk key={`${store.who.user} ${name}`} store={store} name={name} />
      )}
    </div>
  );
}
