import { closeCode } from '@carillon/client';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { timeOfDay } from '../../i18n.ts';
import { Bench as Socket, type Closed, type Endpoint, type Passed } from './bench.ts';
import { headerSize } from './frames.ts';
import { t } from './messages.ts';
import { bytes } from '../../units.ts';

const READY_STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;
const ENDPOINTS: readonly Endpoint[] = ['echo', 'ws', 'silent'];

/** How much a burst sends, in bytes. */
const BURST = 32_000_000;

/** A socket to open, to fill, and to close in every way a page may. */
export function Bench(): JSX.Element {
  const socket = useMemo(() => new Socket(), []);
  const endpoint = useSignal<Endpoint>('echo');
  const message = useSignal('Hello');
  const code = useSignal('1000');
  const reason = useSignal('done');
  const refused = useSignal<string | undefined>(undefined);
  useEffect(() => () => socket.dispose(), [socket]);
  const facts = socket.facts.value;
  const isOpen = facts?.readyState === 1;
  const closed = socket.closed.value;
  const close = (): void => {
    refused.value = undefined;
    try {
      socket.close(code.value.trim() === '' ? undefined : Number(code.value), reason.value);
    } catch (error) {
      refused.value = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  };
  return (
    <section class="card bench" aria-labelledby="bench-title">
      <h2 id="bench-title">{t('bench.title')}</h2>
      <div class="wire-form">
        <label class="field">
          <span>{t('bench.endpoint')}</span>
          <select
            name="endpoint"
            value={endpoint.value}
            onChange={({ currentTarget }) => (endpoint.value = currentTarget.value as Endpoint)}
          >
            {ENDPOINTS.map((one) => (
              <option key={one} value={one}>
                {t(`bench.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="primary"
          onClick={() => {
            refused.value = undefined;
            socket.open(endpoint.value);
          }}
        >
          {t('bench.open')}
        </button>
      </div>
      {facts !== undefined && (
        <dl class="facts">
          <dt>{t('bench.url')}</dt>
          <dd>{facts.url}</dd>
          <dt>{t('bench.state')}</dt>
          <dd data-fact="readyState">
            {facts.readyState} {READY_STATES[facts.readyState]}
          </dd>
          <dt>{t('bench.buffered')}</dt>
          <dd data-fact="bufferedAmount">
            <meter min={0} max={BURST} value={facts.bufferedAmount} aria-label={t('bench.buffered')} />{' '}
            {bytes(facts.bufferedAmount)}, {t('bench.peak', { bytes: bytes(facts.peak) })}
          </dd>
          <dt>{t('bench.protocol')}</dt>
          <dd>{facts.protocol === '' ? t('bench.none') : facts.protocol}</dd>
          <dt>{t('bench.extensions')}</dt>
          <dd>{facts.extensions === '' ? t('bench.none') : facts.extensions}</dd>
        </dl>
      )}
      <form
        class="wire-form"
        onSubmit={(event) => {
          event.preventDefault();
          socket.send(message.value);
        }}
      >
        <label class="field">
          <span>{t('bench.message')}</span>
          <input
            name="message"
            value={message.value}
            onInput={({ currentTarget }) => (message.value = currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={!isOpen}>
          {t('bench.send')}
        </button>
        <button type="button" disabled={!isOpen || endpoint.value !== 'echo'} onClick={() => socket.burst(BURST)}>
          {t('bench.burst', { size: bytes(BURST) })}
        </button>
      </form>
      <p class="hint">{t('bench.burst.hint')}</p>
      <form
        class="wire-form"
        onSubmit={(event) => {
          event.preventDefault();
          close();
        }}
      >
        <label class="field lab-narrow">
          <span>{t('bench.code')}</span>
          <input
            name="code"
            inputMode="numeric"
            list="close-codes"
            value={code.value}
            onInput={({ currentTarget }) => (code.value = currentTarget.value)}
          />
          <datalist id="close-codes">
            {['1000', '1001', '1005', '1006', '3000', '4000', '4999', '5000'].map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </label>
        <label class="field">
          <span>{t('bench.reason')}</span>
          <input
            name="reason"
            value={reason.value}
            onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
          />
        </label>
        <button type="submit" class="danger" disabled={!isOpen}>
          {t('bench.close')}
        </button>
      </form>
      <div role="status">
        {refused.value !== undefined && <p class="notice bad">{t('bench.refused', { reason: refused.value })}</p>}
        {closed !== undefined && <End closed={closed} />}
      </div>
      <h3>{t('bench.frames')}</h3>
      {socket.passed.value.length === 0 && <p class="hint">{t('bench.frames.none')}</p>}
      {/* The list scrolls, so it can be reached with the keyboard. */}
      <ol class="passed" tabindex={0} aria-label={t('bench.frames')}>
        {socket.passed.value.map((one) => (
          <Line key={one.id} passed={one} />
        ))}
      </ol>
      <p class="hint">{t('bench.pings')}</p>
    </section>
  );
}

function End({ closed: { code, reason, wasClean } }: { readonly closed: Closed }): JSX.Element {
  const known = closeCode(code);
  return (
    <p class="notice" data-closed={code}>
      {t('bench.closed', { code: String(code), name: ` (${known.name})`, clean: String(wasClean) })}
      {reason !== '' && <> · {t('bench.closed.reason', { reason })}</>}
    </p>
  );
}

function Line({ passed }: { readonly passed: Passed }): JSX.Element {
  const { direction, at, opcode, length, text } = passed;
  const isBeat = text === '\n';
  return (
    <li data-direction={direction}>
      <span class="passed-about">
        <span>{t(direction === 'in' ? 'bench.in' : 'bench.out')}</span>
        <time>{timeOfDay(at, true)}</time>
        <span>{t('bench.frame', { opcode, header: headerSize(length, direction === 'out'), length })}</span>
      </span>
      {isBeat ? <span class="hint">{t('bench.beat')}</span> : text !== '' && <pre>{text.replaceAll('\0', '␀')}</pre>}
    </li>
  );
}
