import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { day, timeOfDay } from '../../i18n.ts';
import { Icon, type IconName } from '../../shell/icons.tsx';
import { explain } from '../../toasts.ts';
import { Avatar } from './avatar.tsx';
import { t } from './messages.ts';
import { RichText } from './rich-text.tsx';
import type { Entry } from './timeline.ts';

const EMOJI = ['👍', '❤️', '😂', '🎉', '👀', '✅'];

/** Messages of one person that follow each other within this time stand together, in milliseconds. */
const TOGETHER = 5 * 60_000;

/** What one can do with a message; what is missing may not be done. */
export interface Actions {
  readonly react?: (entry: Entry, emoji: string) => void;
  readonly reply?: (entry: Entry) => void;
  readonly edit?: (entry: Entry) => void;
  readonly remove?: (entry: Entry) => void;
  readonly again: (entry: Entry) => void;
  readonly discard: (entry: Entry) => void;
  readonly goTo: (id: number) => void;
}

interface Props {
  readonly index: number;
  readonly entry: Entry;
  readonly previous: Entry | undefined;
  readonly user: string;

  /** Whether the reader had read everything before this one. */
  readonly isFirstNew: boolean;

  /** Whether it is the one to which the keyboard goes. */
  readonly isStop: boolean;
  readonly isActive: boolean;
  readonly isMarked: boolean;
  readonly original: Entry | undefined;
  readonly actions: Actions;
  readonly isModerator: boolean;
}

/** One message, with the day or a line before it if something begins there. */
export function MessageRow(props: Props): JSX.Element {
  const { entry, previous, user } = props;
  const isNewDay = previous === undefined || !isSameDay(previous.sentAt, entry.sentAt);
  const isTogether =
    !isNewDay &&
    !props.isFirstNew &&
    previous.sender === entry.sender &&
    entry.replyTo === undefined &&
    entry.sentAt - previous.sentAt < TOGETHER;
  return (
    <li data-row={props.index} data-name={entry.name} data-together={isTogether || undefined} class="row">
      {isNewDay && (
        <p class="row-day">
          <span>{day(entry.sentAt)}</span>
        </p>
      )}
      {props.isFirstNew && (
        <p class="row-new">
          <span>{t('messages.new')}</span>
        </p>
      )}
      <article
        class="message"
        data-delivery={entry.delivery}
        data-own={entry.sender === user || undefined}
        data-marked={props.isMarked || undefined}
        data-active={props.isActive || undefined}
        tabIndex={props.isStop ? 0 : -1}
      >
        {isTogether ? (
          <time class="message-aside" dateTime={new Date(entry.sentAt).toISOString()}>
            {timeOfDay(entry.sentAt)}
          </time>
        ) : (
          <Avatar name={entry.sender} />
        )}
        <div class="message-body">
          {!isTogether && (
            <p class="message-head">
              <b>{entry.sender}</b>
              <time dateTime={new Date(entry.sentAt).toISOString()}>{timeOfDay(entry.sentAt)}</time>
            </p>
          )}
          {isTogether && <span class="unseen">{entry.sender}</span>}
          {entry.replyTo !== undefined && <Quote {...props} id={entry.replyTo} />}
          <p class="message-text">
            {entry.deletedAt !== undefined ? (
              <i class="hint">{t('message.deleted')}</i>
            ) : (
              <span class="said">
                <RichText text={entry.text ?? ''} user={user} />
              </span>
            )}
            {entry.editedAt !== undefined && entry.deletedAt === undefined && (
              <span class="message-edited"> {t('message.edited')}</span>
            )}
          </p>
          <Reactions {...props} />
          <Delivery {...props} />
        </div>
        {props.isActive && entry.delivery === 'stored' && entry.deletedAt === undefined && <Toolbar {...props} />}
      </article>
    </li>
  );
}

function Quote({ id, original, actions }: Props & { readonly id: number }): JSX.Element {
  return (
    <button type="button" class="quote" tabIndex={-1} onClick={() => actions.goTo(id)}>
      <Icon name="reply" size={14} />
      {original === undefined ? (
        <span>{t('message.original', { id: String(id) })}</span>
      ) : (
        <span>
          <b>{original.sender}</b> {original.deletedAt === undefined ? original.text : t('message.deleted')}
        </span>
      )}
    </button>
  );
}

function Reactions({ entry, actions }: Props): JSX.Element | null {
  const counts = Object.entries(entry.reactions).filter(([, count]) => count > 0);
  if (counts.length === 0 || entry.deletedAt !== undefined) {
    return null;
  }
  return (
    <div class="reactions">
      {counts.map(([emoji, count]) => (
        <button
          key={emoji}
          type="button"
          class="reaction"
          tabIndex={-1}
          aria-pressed={entry.mine.includes(emoji)}
          aria-label={t('message.reaction', { emoji, count })}
          disabled={actions.react === undefined}
          onClick={() => actions.react?.(entry, emoji)}
        >
          {emoji} <span>{count}</span>
        </button>
      ))}
    </div>
  );
}

function Delivery({ entry, actions }: Props): JSX.Element | null {
  if (entry.delivery === 'stored') {
    return null;
  }
  if (entry.delivery === 'sending') {
    return <p class="message-delivery hint">{t('message.sending')}</p>;
  }
  return (
    <div class="message-delivery" role="alert">
      <p>{t('message.failed', { reason: explain(entry.error) })}</p>
      <button type="button" class="small" onClick={() => actions.again(entry)}>
        {t('message.again')}
      </button>
      <button type="button" class="quiet small" onClick={() => actions.discard(entry)}>
        {t('message.discard')}
      </button>
    </div>
  );
}

function Toolbar({ entry, actions, user, isModerator }: Props): JSX.Element | null {
  const [isChoosing, setChoosing] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isChoosing) {
      bar.current?.querySelector('button')?.focus();
    }
  }, [isChoosing]);
  const isOwn = entry.sender === user;
  const { react, reply, edit, remove } = actions;
  if (react === undefined && reply === undefined) {
    return null;
  }
  return (
    <div ref={bar} class="toolbar" role="toolbar" aria-label={entry.sender}>
      {isChoosing &&
        EMOJI.map((emoji) => (
          <button
            key={emoji}
            type="button"
            class="quiet square small"
            aria-label={t('message.react.with', { emoji })}
            onClick={(event) => {
              event.currentTarget.closest<HTMLElement>('.message')?.focus();
              setChoosing(false);
              react?.(entry, emoji);
            }}
          >
            {emoji}
          </button>
        ))}
      {react !== undefined && !isChoosing && (
        <Tool icon="react" label={t('message.react')} act={() => setChoosing(true)} />
      )}
      {reply !== undefined && !isChoosing && <Tool icon="reply" label={t('message.reply')} act={() => reply(entry)} />}
      {edit !== undefined && isOwn && !isChoosing && (
        <Tool icon="edit" label={t('message.edit')} act={() => edit(entry)} />
      )}
      {remove !== undefined && (isOwn || isModerator) && !isChoosing && (
        <Tool icon="delete" label={t('message.delete')} act={() => remove(entry)} />
      )}
    </div>
  );
}

function Tool(props: { readonly icon: IconName; readonly label: string; readonly act: () => void }): JSX.Element {
  return (
    <button type="button" class="quiet square small" aria-label={props.label} title={props.label} onClick={props.act}>
      <Icon name={props.icon} size={18} />
    </button>
  );
}

function isSameDay(one: number, other: number): boolean {
  return Math.abs(one - other) < 86_400_000 && new Date(one).getDate() === new Date(other).getDate();
}
