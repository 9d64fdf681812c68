import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { day, timeOfDay } from '../../i18n.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { explain } from '../../toasts.ts';
import type { RoomConversation } from './conversation.ts';
import { excerpt } from './excerpt.ts';
import { t } from './messages.ts';
import type { Stored } from './timeline.ts';

interface Found {
  readonly query: string;

  /** The newest first. */
  readonly messages: readonly Stored[];

  /** Where to look further; `undefined` at the beginning. */
  readonly before: number | undefined;
}

/** Looks for words in what was said in a room; what is chosen is shown in its place. */
export function SearchRoom({
  room,
  onClose,
}: {
  readonly room: RoomConversation;
  readonly onClose: () => void;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<Found>();
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const search = async (query: string, earlier?: Found): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const { messages, before } = await room.search(query, earlier?.before);
      setFound({ query, messages: [...(earlier?.messages ?? []), ...[...messages].reverse()], before });
    } catch (failure) {
      setError(explain(failure));
    } finally {
      setBusy(false);
    }
  };
  const choose = (id: number): void => {
    onClose();
    room.wanted.value = id;
  };
  return (
    <Dialog title={t('search.title', { room: room.name })} onClose={onClose}>
      <form
        class="line"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void search(input.current?.value.trim() ?? '');
        }}
      >
        <label class="field">
          <span>{t('search.label')}</span>
          <input ref={input} type="search" required minlength={2} maxlength={100} enterkeyhint="search" autofocus />
        </label>
        <button type="submit" class="primary" disabled={isBusy}>
          {t('search.do')}
        </button>
      </form>
      <p class="hint" role="status">
        {isBusy
          ? t('search.busy')
          : found === undefined
            ? ''
            : found.messages.length === 0
              ? t('search.none', { query: found.query })
              : found.before === undefined
                ? t('search.found', { count: found.messages.length })
                : t('search.found.more', { count: found.messages.length })}
      </p>
      {error !== undefined && (
        <p class="notice bad" role="alert">
          {error}
        </p>
      )}
      {found !== undefined && found.messages.length > 0 && (
        <ol class="results" aria-label={t('search.results')}>
          {found.messages.map((message) => (
            <li key={message.id}>
              <button type="button" class="quiet result" onClick={() => choose(message.id)}>
                <span class="result-head">
                  <b>{message.sender}</b>
                  <time dateTime={new Date(message.sentAt).toISOString()}>
                    {day(message.sentAt)} {timeOfDay(message.sentAt)}
                  </time>
                </span>
                <Said text={message.text ?? ''} words={found.query} />
              </button>
            </li>
          ))}
        </ol>
      )}
      {found?.before !== undefined && (
        <div class="actions">
          <button type="button" disabled={isBusy} onClick={() => void search(found.query, found)}>
            {t('search.more')}
          </button>
        </div>
      )}
    </Dialog>
  );
}

function Said({ text, words }: { readonly text: string; readonly words: string }): JSX.Element {
  const { before, match, after } = excerpt(text, words);
  return (
    <span class="result-text">
      {before}
      {match !== '' && <mark>{match}</mark>}
      {after}
    </span>
  );
}
