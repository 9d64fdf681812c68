import { chat } from '@carillon/client';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { client } from '../../connection.ts';
import { navigate } from '../../router.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { t as shell } from '../../shell/messages.ts';
import { complain, explain, notify } from '../../toasts.ts';
import type { RoomConversation } from './conversation.ts';
import { t } from './messages.ts';
import type { ChatStore } from './store.ts';

/** The choices of the slow mode, in seconds. */
const SLOW = [0, 5, 10, 30, 60, 300];

export function CreateRoom({
  store,
  onClose,
}: {
  readonly store: ChatStore;
  readonly onClose: () => void;
}): JSX.Element {
  const [error, setError] = useState<string>();
  const create = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form);
    const name = text(data, 'name').trim();
    try {
      const access = data.has('private') ? 'members' : 'public';
      await store.create({ name, description: text(data, 'description'), access });
      onClose();
      notify('good', t('create.done', { room: name }));
      navigate('chat', name);
    } catch (failure) {
      setError(explain(failure));
    }
  };
  return (
    <Dialog title={t('create.title')} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void create(event.currentTarget);
        }}
      >
        <label class="field">
          <span>{t('create.name')}</span>
          <input
            name="name"
            required
            maxlength={40}
            pattern="[a-z0-9_\-]+"
            autocapitalize="none"
            spellcheck={false}
            autofocus
          />
          <small class="hint">{t('create.name.hint')}</small>
        </label>
        <label class="field">
          <span>{t('create.description')}</span>
          <input name="description" maxlength={500} />
        </label>
        <label class="check">
          <input name="private" type="checkbox" />
          <span>{t('create.private')}</span>
        </label>
        {error !== undefined && (
          <p class="notice bad" role="alert">
            {error}
          </p>
        )}
        <div class="actions">
          <button type="submit" class="primary">
            {t('create.do')}
          </button>
          <button type="button" class="quiet" onClick={onClose}>
            {shell('cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function WriteTo({ store, onClose }: { readonly store: ChatStore; readonly onClose: () => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={t('write.title')} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          const name = input.current?.value.trim() ?? '';
          if (name !== '') {
            store.meet(name);
            onClose();
            navigate('chat', `@${name}`);
          }
        }}
      >
        <label class="field">
          <span>{t('write.name')}</span>
          <input ref={input} required maxlength={100} autocapitalize="none" spellcheck={false} autofocus />
        </label>
        <div class="actions">
          <button type="submit" class="primary">
            {t('write.do')}
          </button>
          <button type="button" class="quiet" onClick={onClose}>
            {shell('cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What a room is for and who may do what; moderators change it here. */
export function RoomInfo(props: {
  readonly room: RoomConversation;
  readonly user: string;
  readonly isModerator: boolean;
  readonly onClose: () => void;
}): JSX.Element {
  const { room, isModerator, onClose } = props;
  const details = room.details.value;
  const input = useRef<HTMLInputElement>(null);
  const desk = chat(client.value).room(room.name);
  const change = (done: Promise<unknown>, message?: string): void => {
    done
      .then(() => room.refresh())
      .then(() => message !== undefined && notify('good', message))
      .catch(complain);
  };
  const isMember = details?.members?.[props.user] !== undefined;
  return (
    <Dialog title={t('info.title', { room: room.name })} onClose={onClose}>
      {details !== undefined && (
        <div class="form">
          {details.description !== '' && <p>{details.description}</p>}
          <p class="hint">{details.access === 'public' ? t('info.public') : t('info.members')}</p>
          {isModerator && (
            <>
              <label class="field">
                <span>{t('info.slow')}</span>
                <select
                  value={String(details.slowSeconds)}
                  onChange={(event) => change(desk.slow(Number(event.currentTarget.value)))}
                >
                  {[...new Set([...SLOW, details.slowSeconds])].map((seconds) => (
                    <option key={seconds} value={String(seconds)}>
                      {seconds === 0 ? t('info.slow.off') : t('info.slow.of', { count: seconds })}
                    </option>
                  ))}
                </select>
              </label>
              <form
                class="line"
                aria-label={t('info.add')}
                onSubmit={(event) => {
                  event.preventDefault();
                  const name = input.current?.value.trim() ?? '';
                  if (name !== '') {
                    change(desk.putMember(name), t('info.added', { name }));
                    event.currentTarget.reset();
                  }
                }}
              >
                <label class="field">
                  <span>{t('info.add')}</span>
                  <input ref={input} maxlength={100} autocapitalize="none" spellcheck={false} />
                </label>
                <button type="submit">{t('info.add.do')}</button>
              </form>
            </>
          )}
          {isMember && (
            <div class="actions">
              <button
                type="button"
                class="danger"
                onClick={() => {
                  desk.removeMember(props.user).then(() => {
                    onClose();
                    navigate('chat', 'general');
                  }, complain);
                }}
              >
                {t('info.leave')}
              </button>
            </div>
          )}
        </div>
      )}
    </Dialog>
  );
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
