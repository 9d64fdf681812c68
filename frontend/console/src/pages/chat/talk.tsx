import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { href } from '../../router.ts';
import { hasRole, signInReason } from '../../session.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { Icon } from '../../shell/icons.tsx';
import { t as shell } from '../../shell/messages.ts';
import { Empty, Failure, Loading } from '../../shell/states.tsx';
import { type ListControl, VirtualList } from '../../shell/virtual-list.tsx';
import { complain, explain } from '../../toasts.ts';
import { Avatar } from './avatar.tsx';
import { type About, Composer } from './composer.tsx';
import { type Conversation, type DirectConversation, RoomConversation } from './conversation.ts';
import { RoomInfo } from './dialogs.tsx';
import { type Actions, MessageRow } from './message-row.tsx';
import { t } from './messages.ts';
import { People } from './people.tsx';
import { SearchRoom } from './search.tsx';
import type { ChatStore } from './store.ts';
import type { Entry } from './timeline.ts';

/** How high most messages are, in pixels. */
const ESTIMATE = 46;

/** How many pages back an answered message is looked for. */
const FAR = 300;

/** A room. */
export function RoomTalk({ store, name }: { readonly store: ChatStore; readonly name: string }): JSX.Element {
  const room = store.room(name);
  const [dialog, setDialog] = useState<'info' | 'people' | 'search'>();
  const details = room.details.value;
  const { user, guest } = store.who;
  const rank = details?.members?.[user];
  const isModerator = hasRole('ADMIN') || rank === 'moderator' || rank === 'owner';
  const count = room.attendance.value?.count;
  const shut = (): void => setDialog(undefined);
  const people = <People room={room} user={user} isGuest={guest} isModerator={isModerator} />;
  const head = (
    <>
      <h1>
        <span aria-hidden="true">{details?.access === 'members' ? <Icon name="lock" size={16} /> : '#'}</span> {name}
      </h1>
      {details !== undefined && <p class="talk-about">{details.description}</p>}
      {details !== undefined && details.slowSeconds > 0 && (
        <span class="tag">{t('room.slow', { seconds: details.slowSeconds })}</span>
      )}
      {room.phase.value === 'ready' && (
        <button
          type="button"
          class="quiet square small"
          aria-label={t('search.title', { room: name })}
          onClick={() => setDialog('search')}
        >
          <Icon name="search" size={18} />
        </button>
      )}
      <button
        type="button"
        class="quiet small talk-people"
        aria-label={t('room.people', { count: count ?? 0 })}
        onClick={() => setDialog('people')}
      >
        <Icon name="people" size={18} /> {count ?? ''}
      </button>
      <button type="button" class="quiet square small" aria-label={t('room.info')} onClick={() => setDialog('info')}>
        <Icon name="settings" size={18} />
      </button>
    </>
  );
  return (
    <>
      <Talk store={store} conversation={room} title={`#${name}`} head={head} isModerator={isModerator}>
        <Empty
          icon="lock"
          title={details === undefined ? t('room.denied', { room: name }) : t('room.left', { room: name })}
        >
          <p>{guest ? t('room.denied.guest') : t('room.denied.user', { name: user })}</p>
          <p class="hint">{explain(room.error.value)}</p>
          <div class="actions">
            {guest && (
              <button
                type="button"
                class="primary"
                onClick={() => {
                  signInReason.value = 'asked';
                }}
              >
                {shell('account.sign-in')}
              </button>
            )}
            <button type="button" onClick={() => room.retry()}>
              {shell('retry')}
            </button>
          </div>
        </Empty>
      </Talk>
      <aside class="chat-people" aria-label={t('people.label')}>
        {people}
      </aside>
      {dialog === 'info' && <RoomInfo room={room} user={user} isModerator={isModerator} onClose={shut} />}
      {dialog === 'search' && <SearchRoom room={room} onClose={shut} />}
      {dialog === 'people' && (
        <Dialog title={t('people.label')} onClose={shut}>
          {people}
        </Dialog>
      )}
    </>
  );
}

/** A conversation of two. */
export function DirectTalk({ store, other }: { readonly store: ChatStore; readonly other: string }): JSX.Element {
  const direct: DirectConversation = store.direct(other);
  useEffect(() => {
    if (store.who.guest) {
      signInReason.value = 'needed';
    }
  }, [store]);
  const head = (
    <>
      <Avatar name={other} size="small" />
      <h1>{other}</h1>
      <p class="talk-about" />
    </>
  );
  return (
    <Talk store={store} conversation={direct} title={other} head={head} isModerator={false}>
      <Failure error={direct.error.value} retry={() => direct.retry()} />
    </Talk>
  );
}

/** What is said, and where one says something. The children stand there when it was refused. */
function Talk(props: {
  readonly store: ChatStore;
  readonly conversation: Conversation;
  readonly title: string;
  readonly head: ComponentChildren;
  readonly isModerator: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { conversation, title } = props;
  const phase = conversation.phase.value;
  useEffect(() => {
    conversation.open();
    return () => conversation.leave();
  }, [conversation]);
  return (
    <section class="talk" aria-label={title}>
      <header class="talk-head">
        <a class="talk-back" href={href('chat')} aria-label={t('room.back')}>
          <Icon name="back" />
        </a>
        {props.head}
      </header>
      {phase === 'refused' ? props.children : phase === 'ready' ? <Messages {...props} key={title} /> : <Loading />}
    </section>
  );
}

function Messages(props: {
  readonly store: ChatStore;
  readonly conversation: Conversation;
  readonly title: string;
  readonly isModerator: boolean;
}): JSX.Element {
  const { conversation, store, title, isModerator } = props;
  const { user, guest } = store.who;
  const { timeline } = conversation;
  const room = conversation instanceof RoomConversation ? conversation : undefined;
  const version = timeline.version.value;
  const control = useRef<ListControl>(null);
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const active = useSignal<string | undefined>(undefined);
  const marked = useSignal<number | undefined>(undefined);
  const [about, setAbout] = useState<About>();
  const [doomed, setDoomed] = useState<Entry>();
  const readUntil = useMemo(() => room?.readUntil.peek() ?? 0, [conversation]);

  const look = (): void => {
    conversation.isWatched = isAtEnd.peek() && document.visibilityState === 'visible';
    if (conversation.isWatched) {
      conversation.unread.value = 0;
      if (!guest) {
        room?.markRead();
      }
    }
  };
  useEffect(look, [version, conversation]);
  useEffect(() => {
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [conversation]);

  const goTo = async (id: number): Promise<void> => {
    let reached: number | undefined = Infinity;
    for (let pages = 0; timeline.indexOf(id) < 0 && timeline.oldest !== reached && pages < FAR; pages++) {
      reached = timeline.oldest;
      await conversation.older();
    }
    const entry = timeline.byId(id);
    if (entry !== undefined) {
      marked.value = id;
      active.value = entry.name;
      control.current?.toRow(entry.name);
      focusRow(list.current, entry.name);
    }
  };
  const wanted = conversation.wanted.value;
  useEffect(() => {
    if (wanted !== undefined) {
      conversation.wanted.value = undefined;
      void goTo(wanted);
    }
  }, [wanted]);
  const actions: Actions = {
    again: ({ text = '', key = '', replyTo }) => conversation.send(text, replyTo, key),
    discard: ({ key = '' }) => conversation.discard(key),
    goTo: (id) => void goTo(id),
    ...(room === undefined || guest
      ? {}
      : {
          react: ({ id = 0 }, emoji) => void room.react(id, emoji).catch(complain),
          reply: (entry) => setAbout({ kind: 'reply', entry }),
          edit: (entry) => setAbout({ kind: 'edit', entry }),
          remove: setDoomed,
        }),
  };
  const send = (text: string): void => {
    if (about?.kind === 'edit' && room !== undefined) {
      if (text !== about.entry.text) {
        room.edit(about.entry.id ?? 0, text).catch(complain);
      }
      return;
    }
    conversation.send(text, about?.entry.id);
    if (room === undefined) {
      store.meet(title);
    }
    control.current?.toEnd();
  };

  const count = timeline.count;
  const firstNew = useMemo(() => {
    if (readUntil === 0 || timeline.byId(readUntil) === undefined) {
      return undefined;
    }
    const next = timeline.at(timeline.indexOf(readUntil) + 1);
    return next?.sender === user ? undefined : next?.name;
  }, [conversation, readUntil, timeline.hasOlder]);
  const stop = active.value ?? timeline.at(count - 1)?.name;
  const row = (index: number): ComponentChildren => {
    const entry = timeline.at(index);
    return entry === undefined ? null : (
      <MessageRow
        key={entry.name}
        index={index}
        entry={entry}
        previous={timeline.at(index - 1)}
        user={user}
        isFirstNew={entry.name === firstNew}
        isStop={entry.name === stop}
        isActive={entry.name === active.value}
        isMarked={entry.id !== undefined && entry.id === marked.value}
        original={entry.replyTo === undefined ? undefined : timeline.byId(entry.replyTo)}
        actions={actions}
        isModerator={isModerator}
      />
    );
  };
  const activate = (event: Event): void => {
    const name = (event.target as Element).closest<HTMLElement>('.row')?.dataset['name'];
    if (name !== undefined) {
      active.value = name;
    }
  };
  return (
    <>
      <div
        ref={list}
        class="talk-messages"
        onPointerOver={activate}
        onFocusIn={activate}
        onFocusOut={(event) => {
          // Nothing is focused when what was has gone, as a button does that opens others.
          if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget as Node)) {
            active.value = undefined;
          }
        }}
        onPointerLeave={(event) => {
          if (event.pointerType === 'mouse' && !event.currentTarget.contains(document.activeElement)) {
            active.value = undefined;
          }
        }}
      >
        {count === 0 ? (
          <Empty icon="chat" title={t('room.quiet')}>
            <p>{t('room.quiet.more')}</p>
          </Empty>
        ) : (
          <VirtualList
            count={count}
            keyAt={(index) => timeline.at(index)?.name ?? ''}
            render={row}
            estimate={ESTIMATE}
            label={t('messages.label', { room: title })}
            control={control}
            onStart={() => void conversation.older()}
            onEnd={(isEnd) => {
              isAtEnd.value = isEnd;
              look();
            }}
            onKeyDown={moveFocus}
          >
            {timeline.hasOlder && <p class="hint talk-older">{t('messages.older')}</p>}
          </VirtualList>
        )}
        {!isAtEnd.value && (
          <button type="button" class="talk-down" onClick={() => control.current?.toEnd()}>
            <Icon name="down" size={16} />
            {conversation.unread.value > 0
              ? t('messages.unseen', { count: conversation.unread.value })
              : t('messages.down')}
          </button>
        )}
      </div>
      <Heard conversation={conversation} user={user} version={version} />
      {room !== undefined && <Typing room={room} />}
      <Composer
        conversation={conversation}
        title={title}
        isGuest={guest}
        about={about}
        onAbout={setAbout}
        onSend={send}
        onType={() => room?.types()}
        onEditLast={() => {
          const last = timeline.lastOwn();
          if (last !== undefined && room !== undefined) {
            setAbout({ kind: 'edit', entry: last });
          }
        }}
      />
      {doomed !== undefined && (
        <Dialog title={t('message.delete.title')} onClose={() => setDoomed(undefined)}>
          <p>{t('message.delete.text')}</p>
          <blockquote class="notice">{doomed.text}</blockquote>
          <div class="actions">
            <button
              type="button"
              class="danger"
              autofocus
              onClick={() => {
                setDoomed(undefined);
                room?.remove(doomed.id ?? 0).catch(complain);
              }}
            >
              {t('message.delete')}
            </button>
            <button type="button" class="quiet" onClick={() => setDoomed(undefined)}>
              {shell('cancel')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Brings the keyboard to a message, which is there some pictures later. */
function focusRow(list: Element | null, name: string, pictures = 20): void {
  requestAnimationFrame(() => {
    const message = list?.querySelector<HTMLElement>(`.row[data-name="${CSS.escape(name)}"] .message`);
    if (message) {
      message.focus({ preventScroll: true });
    } else if (pictures > 0) {
      focusRow(list, name, pictures - 1);
    }
  });
}

/** The arrows go from message to message; what one can do with it comes next by the tabulator. */
function moveFocus(event: KeyboardEvent): void {
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  const row = (event.target as Element).closest('.row');
  const next = step < 0 ? row?.previousElementSibling : row?.nextElementSibling;
  if (step !== 0 && row !== null) {
    event.preventDefault();
    next?.querySelector<HTMLElement>('.message')?.focus();
  }
}

/** Reads out what somebody else has just said, for those who do not see it. */
function Heard(props: {
  readonly conversation: Conversation;
  readonly user: string;
  readonly version: number;
}): JSX.Element {
  const { timeline } = props.conversation;
  const first = useRef(timeline.newest ?? 0);
  const newest = timeline.newest === undefined ? undefined : timeline.byId(timeline.newest);
  const isNews = newest?.id !== undefined && newest.id > first.current && newest.sender !== props.user;
  return (
    <p class="unseen" role="status">
      {isNews && newest.text !== undefined && t('heard', { sender: newest.sender, text: newest.text })}
    </p>
  );
}

function Typing({ room }: { readonly room: RoomConversation }): JSX.Element {
  const [name, other, ...more] = room.typists.value;
  return (
    <p class="talk-typing hint">
      {name === undefined
        ? ''
        : other === undefined
          ? t('typing.one', { name })
          : more.length === 0
            ? t('typing.two', { name, other })
            : t('typing.many')}
    </p>
  );
}
