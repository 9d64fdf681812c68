import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { acceptance, GUID, isKey, type Acceptance } from './accept.ts';
import { hex } from './frames.ts';
import type { SeenHead } from './heads.ts';
import { t } from './messages.ts';
import { askHandshake } from './race.ts';

/** The key of the example in RFC 6455 section 1.3. */
const EXAMPLE = 'dGhlIHNhbXBsZSBub25jZQ==';

/** Browsers lend their ciphers only to pages that came over HTTPS or from this machine. */
const mayDigest = isSecureContext;

const KEY = 'sec-websocket-key';

/** A real handshake of this browser, and how its answer is calculated. */
export function Handshake(): JSX.Element {
  const head = useSignal<SeenHead | undefined>(undefined);
  const hasFailed = useSignal(false);
  const isBusy = useSignal(false);
  const key = useSignal('');
  const steps = useSignal<Acceptance | undefined>(undefined);
  const seenKey = head.value?.headers.find(({ name }) => name.toLowerCase() === KEY)?.value ?? undefined;

  const ask = async (): Promise<void> => {
    isBusy.value = true;
    try {
      head.value = await askHandshake();
      hasFailed.value = false;
      key.value = head.value.headers.find(({ name }) => name.toLowerCase() === KEY)?.value ?? EXAMPLE;
    } catch {
      hasFailed.value = true;
      key.value = EXAMPLE;
    } finally {
      isBusy.value = false;
    }
  };
  useEffect(() => void ask(), []);
  useEffect(() => {
    let isWanted = true;
    if (mayDigest && isKey(key.value)) {
      void acceptance(key.value).then((calculated) => {
        if (isWanted) {
          steps.value = calculated;
        }
      });
    } else {
      steps.value = undefined;
    }
    return () => {
      isWanted = false;
    };
  }, [key.value]);

  return (
    <>
      <section class="card" aria-labelledby="shake-title">
        <div class="page-head">
          <h2 id="shake-title">{t('shake.title')}</h2>
          <button type="button" class="small" disabled={isBusy.value} onClick={() => void ask()}>
            {t(isBusy.value ? 'shake.busy' : 'shake.ask')}
          </button>
        </div>
        <p class="hint">{t('shake.lead')}</p>
        {hasFailed.value && (
          <p class="notice bad" role="alert">
            {t('shake.failed')}
          </p>
        )}
        {head.value !== undefined && <Head head={head.value} />}
        {head.value !== undefined && steps.value !== undefined && (
          <>
            <h3>{t('shake.answer')}</h3>
            <pre class="wire-text">
              {'HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: '}
              <mark>{steps.value.key === seenKey ? steps.value.accept : '…'}</mark>
            </pre>
            <p class="hint">{t('shake.proved')}</p>
          </>
        )}
      </section>
      <section class="card" aria-labelledby="accept-title">
        <h2 id="accept-title">{t('accept.title')}</h2>
        <label class="field">
          <span>{t('accept.try')}</span>
          <input
            class="code"
            name="key"
            value={key.value}
            spellcheck={false}
            autocomplete="off"
            aria-invalid={key.value !== '' && steps.value === undefined && !isKey(key.value)}
            onInput={({ currentTarget }) => (key.value = currentTarget.value)}
          />
        </label>
        <div class="actions">
          {seenKey !== undefined && key.value !== seenKey && (
            <button type="button" class="small" onClick={() => (key.value = seenKey)}>
              {t('shake.title')}
            </button>
          )}
          <button type="button" class="small" onClick={() => (key.value = EXAMPLE)}>
            {t('accept.rfc')}
          </button>
        </div>
        {key.value !== '' && !isKey(key.value) && <p class="refused">{t('accept.bad')}</p>}
        {!mayDigest && <p class="notice">{t('accept.insecure')}</p>}
        {steps.value !== undefined && <Steps steps={steps.value} />}
        <p class="hint">{t('accept.why')}</p>
      </section>
    </>
  );
}

function Head({ head }: { readonly head: SeenHead }): JSX.Element {
  return (
    <>
      <h3>{t('shake.request', { bytes: head.size })}</h3>
      <pre class="wire-text" data-wire="request">
        {`${head.line}\n`}
        {head.headers.map(({ name, value }) => {
          const line = `${name}: ${value ?? t('shake.hidden')}`;
          return name.toLowerCase() === KEY ? <mark key={name}>{`${line}\n`}</mark> : `${line}\n`;
        })}
      </pre>
      {head.others > 0 && <p class="hint">{t('shake.others', { count: head.others })}</p>}
    </>
  );
}

function Steps({ steps }: { readonly steps: Acceptance }): JSX.Element {
  return (
    <ol class="steps">
      <li>
        <span>{t('accept.key')}</span>
        <code>{steps.key}</code>
      </li>
      <li>
        <span>{t('accept.joined')}</span>
        <code>
          {steps.key}
          <b>{GUID}</b>
        </code>
      </li>
      <li>
        <span>{t('accept.digest')}</span>
        <code>{hex(steps.digest)}</code>
      </li>
      <li>
        <span>{t('accept.base64')}</span>
        <code data-wire="accept">
          <mark>{steps.accept}</mark>
        </code>
      </li>
    </ol>
  );
}
