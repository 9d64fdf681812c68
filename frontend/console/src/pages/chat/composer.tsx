import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { signInReason } from '../../session.ts';
import { Icon } from '../../shell/icons.tsx';
import type { Conversation } from './conversation.ts';
import { t } from './messages.ts';
import type { Entry } from './timeline.ts';

/** As long as a message may be, in characters. */
const LONGEST = 4000;
const WARN = 200;

/** What the composer is about, beside a new message. */
export type About = { readonly kind: 'reply' | 'edit'; readonly entry: Entry } | undefined;

/** Where one writes. Enter sends; the arrow up edits the last message. */
export function Composer(props: {
  readonly conversation: Conversation;
  readonly title: string;
  readonly isGuest: boolean;
  readonly about: About;
  readonly onAbout: (about: About) => void;
  readonly onSend: (text: string) => void;
  readonly onType: () => void;
  readonly onEditLast: () => void;
}): JSX.Element {
  const { conversation, about, title } = props;
  const [text, setText] = useState(conversation.draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const isEditing = about?.kind === 'edit';
  // At once: whoever types on without a pause must not find the old text put back.
  useLayoutEffect(() => {
    if (about !== undefined) {
      if (about.kind === 'edit') {
        setText(about.entry.text ?? '');
      }
      field.current?.focus();
    }
  }, [about]);
  if (props.isGuest) {
    return (
      <div class="composer composer-guest">
        <p>{t('compose.guest')}</p>
        <button
          type="button"
          class="primary"
          onClick={() => {
            signInReason.value = 'asked';
          }}
        >
          {t('compose.sign-in')}
        </button>
      </div>
    );
  }
  const change = (next: string): void => {
    setText(next);
    if (!isEditing) {
      conversation.draft = next;
      if (next.trim() !== '') {
        props.onType();
      }
    }
  };
  const cancel = (): void => {
    props.onAbout(undefined);
    if (isEditing) {
      setText(conversation.draft);
    }
    field.current?.focus();
  };
  const left = LONGEST - Array.from(text).length;
  const send = (): void => {
    if (text.trim() === '' || left < 0) {
      return;
    }
    props.onSend(text.trim());
    if (isEditing) {
      setText(conversation.draft);
    } else {
      setText('');
      conversation.draft = '';
    }
    props.onAbout(undefined);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && about !== undefined) {
      event.preventDefault();
      cancel();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      props.onEditLast();
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {about !== undefined && (
        <p class="composer-about">
          <Icon name={isEditing ? 'edit' : 'reply'} size={16} />
          <span>
            {isEditing
              ? t('compose.editing')
              : t('compose.replying', { sender: about.entry.sender, text: about.entry.text ?? '' })}
          </span>
          <button type="button" class="quiet square small" aria-label={t('compose.cancel')} onClick={cancel}>
            <Icon name="close" size={16} />
          </button>
        </p>
      )}
      <div class="composer-line">
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t('compose.label', { room: title })}
          placeholder={t('compose.placeholder', { room: title })}
          title={t('compose.hint')}
          enterkeyhint="send"
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          class="primary"
          aria-label={isEditing ? t('compose.save') : t('compose.send')}
          disabled={left < 0}
        >
          <Icon name="send" />
        </button>
      </div>
      {left < WARN && (
        <p class="hint" role="status">
          {left < 0 ? t('compose.over', { count: -left }) : t('compose.left', { count: left })}
        </p>
      )}
    </form>
  );
}
