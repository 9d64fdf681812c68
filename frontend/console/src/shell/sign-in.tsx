import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { signIn, stayGuest } from '../connection.ts';
import { hasDemoUsers, signInReason, who } from '../session.ts';
import { explain } from '../toasts.ts';
import { Dialog } from './dialog.tsx';
import { t } from './messages.ts';

/** Name and password. Guests may look, so one can always go on without. */
export function SignIn(): JSX.Element | null {
  const reason = signInReason.value;
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  if (reason === undefined) {
    return null;
  }
  const stay = (): void => {
    setError(undefined);
    if (reason === 'expired') {
      stayGuest();
    } else {
      signInReason.value = undefined;
    }
  };
  const submit = async (): Promise<void> => {
    const login = name.current?.value.trim() ?? '';
    const passcode = password.current?.value ?? '';
    if (login === '' || passcode === '') {
      setError(t('sign-in.missing'));
      (login === '' ? name : password).current?.focus();
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await signIn(login, passcode);
    } catch (failure) {
      setError(explain(failure));
      password.current?.select();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('sign-in.title')} onClose={stay}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{t(`sign-in.${reason}`)}</p>
        <label class="field">
          <span>{t('sign-in.name')}</span>
          <input
            ref={name}
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            autofocus
            defaultValue={reason === 'expired' ? who.peek().user : ''}
          />
        </label>
        <label class="field">
          <span>{t('sign-in.password')}</span>
          <input ref={password} name="password" type="password" autocomplete="current-password" />
        </label>
        {error !== undefined && (
          <p class="notice bad" role="alert">
            {error}
          </p>
        )}
        <div class="actions">
          <button type="submit" class="primary" disabled={isBusy}>
            {isBusy ? t('sign-in.busy') : t('account.sign-in')}
          </button>
          <button type="button" class="quiet" onClick={stay}>
            {t('sign-in.guest')}
          </button>
        </div>
        {hasDemoUsers.value && <p class="hint">{t('sign-in.demo')}</p>}
      </form>
    </Dialog>
  );
}
