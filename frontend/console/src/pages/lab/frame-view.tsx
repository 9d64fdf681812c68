import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import {
  bits,
  closePayload,
  decodeFrame,
  encodeFrame,
  fragments,
  headerSize,
  hex,
  OPCODES,
  type Frame,
  type Opcode,
} from './frames.ts';
import { t } from './messages.ts';

const BUILT: readonly Opcode[] = [1, 2, 8, 9, 10];
const FRAGMENTS = [0, 4, 8, 16, 125];
const MOST_FRAMES = 12;
const MOST_BYTES = 64;

function newMask(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(4));
}

/** Encodes what one types, and shows what each byte is for. */
export function FrameBuilder(): JSX.Element {
  const opcode = useSignal<Opcode>(1);
  const text = useSignal('Hello, 世界');
  const code = useSignal('1000');
  const isMasked = useSignal(true);
  const most = useSignal(0);
  const mask = useSignal(newMask());
  const encoded = new TextEncoder().encode(text.value);
  const payload = opcode.value === 8 ? closePayload(Number(code.value), text.value) : encoded;
  const isControl = opcode.value >= 8;
  const key = isMasked.value ? mask.value : undefined;
  const whole: Frame = { fin: true, opcode: opcode.value, mask: key, payload };
  const frames =
    isControl || most.value === 0
      ? [whole]
      : fragments(opcode.value as 1 | 2, payload, most.value, key === undefined ? undefined : () => key);
  return (
    <section class="card" aria-labelledby="build-title">
      <h2 id="build-title">{t('build.title')}</h2>
      <div class="wire-form">
        <label class="field">
          <span>{t('build.opcode')}</span>
          <select
            value={opcode.value}
            onChange={({ currentTarget }) => (opcode.value = Number(currentTarget.value) as Opcode)}
          >
            {BUILT.map((one) => (
              <option key={one} value={one}>
                {`0x${one.toString(16)} ${OPCODES[one]}`}
              </option>
            ))}
          </select>
        </label>
        {opcode.value === 8 && (
          <label class="field">
            <span>{t('build.code')}</span>
            <input
              inputMode="numeric"
              value={code.value}
              onInput={({ currentTarget }) => (code.value = currentTarget.value)}
            />
          </label>
        )}
        <label class="field">
          <span>{t('build.text')}</span>
          <input
            value={text.value}
            spellcheck={false}
            onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{t('build.from')}</span>
          <select
            value={isMasked.value ? 'client' : 'server'}
            onChange={({ currentTarget }) => (isMasked.value = currentTarget.value === 'client')}
          >
            <option value="client">{t('build.client')}</option>
            <option value="server">{t('build.server')}</option>
          </select>
        </label>
        <label class="field">
          <span>{t('build.fragment')}</span>
          <select
            value={most.value}
            disabled={isControl}
            onChange={({ currentTarget }) => (most.value = Number(currentTarget.value))}
          >
            {FRAGMENTS.map((size) => (
              <option key={size} value={size}>
                {size === 0 ? t('build.whole') : t('build.bytes', { count: size })}
              </option>
            ))}
          </select>
        </label>
        {isMasked.value && (
          <button type="button" onClick={() => (mask.value = newMask())}>
            {t('build.mask')}
          </button>
        )}
      </div>
      {frames.slice(0, MOST_FRAMES).map((frame, i) => (
        <FrameBytes key={i} frame={frame} number={i + 1} count={frames.length} />
      ))}
      {frames.length > MOST_FRAMES && <p class="hint">{t('build.more', { count: frames.length - MOST_FRAMES })}</p>}
    </section>
  );
}

function FrameBytes(props: { readonly frame: Frame; readonly number: number; readonly count: number }): JSX.Element {
  const { frame, number, count } = props;
  const { payload, mask } = frame;
  let bytes: Uint8Array;
  try {
    bytes = encodeFrame(frame);
  } catch (error) {
    return (
      <p class="notice bad" role="status">
        {t('build.refused', { reason: error instanceof Error ? error.message : '' })}
      </p>
    );
  }
  const header = headerSize(payload.length, mask !== undefined);
  const extended = header - 2 - (mask === undefined ? 0 : 4);
  const parts = [
    { part: 'first', from: 0, to: 1 },
    { part: 'second', from: 1, to: 2 },
    { part: 'length', from: 2, to: 2 + extended },
    { part: 'mask', from: 2 + extended, to: header },
    { part: mask === undefined ? 'payload' : 'masked', from: header, to: bytes.length },
  ] as const;
  return (
    <div class="frame" data-frame={number}>
      <p class="hint">{t('build.frame', { number, count, header, payload: payload.length })}</p>
      <div class="frame-bytes">
        {parts
          .filter(({ from, to }) => to > from)
          .map(({ part, from, to }) => (
            <span key={part} class="frame-part" data-part={part} title={t(`part.${part}`)}>
              <code>
                {hex(bytes.slice(from, Math.min(to, from + MOST_BYTES)))}
                {to - from > MOST_BYTES && ' …'}
              </code>
              <small>{t(`part.${part}`)}</small>
            </span>
          ))}
      </div>
      <Bits first={bytes[0] ?? 0} second={bytes[1] ?? 0} frame={frame} />
    </div>
  );
}

/** The first two bytes, bit by bit. */
function Bits(props: { readonly first: number; readonly second: number; readonly frame: Frame }): JSX.Element {
  const { first, second, frame } = props;
  const length = second & 0x7f;
  const lengthText = length < 126 ? t('bit.length', { length }) : t(length === 126 ? 'bit.length.2' : 'bit.length.8');
  const [one, two] = [bits(first), bits(second)];
  return (
    <ul class="bits">
      <li>
        <code>
          <b>{one[0]}</b>
        </code>{' '}
        {t(frame.fin ? 'bit.fin' : 'bit.more')}
      </li>
      <li>
        <code>
          {one.slice(1, 4)} <b>{one.slice(4)}</b>
        </code>{' '}
        {t('bit.opcode', { number: `0x${frame.opcode.toString(16)}`, name: OPCODES[frame.opcode] })}
      </li>
      <li>
        <code>
          <b>{two[0]}</b>
        </code>{' '}
        {t(frame.mask === undefined ? 'bit.plain' : 'bit.masked')}
      </li>
      <li>
        <code>
          <b>{two.slice(1)}</b>
        </code>{' '}
        {lengthText}
      </li>
    </ul>
  );
}

/** Reads the bytes of a frame. */
export function Decoder(): JSX.Element {
  const typed = useSignal('81 85 37 fa 21 3d 7f 9f 4d 51 58');
  return (
    <section class="card" aria-labelledby="decode-title">
      <h2 id="decode-title">{t('decode.title')}</h2>
      <label class="field">
        <span>{t('decode.label')}</span>
        <textarea
          class="code"
          rows={3}
          spellcheck={false}
          value={typed.value}
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
        />
      </label>
      <p role="status" data-wire="decoded">
        {decodedText(typed.value)}
      </p>
    </section>
  );
}

function decodedText(typed: string): string {
  const digits = typed.replace(/0x|[\s,:]/gi, '');
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) {
    return t('decode.bad');
  }
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  try {
    const decoded = decodeFrame(bytes);
    if (decoded === undefined) {
      return t('decode.short');
    }
    const { fin, opcode, mask, payload } = decoded.frame;
    const result = t('decode.result', {
      fin: t(fin ? 'bit.fin' : 'bit.more'),
      opcode: OPCODES[opcode],
      mask: mask === undefined ? t('bit.plain') : `${t('bit.masked')} ${hex(mask)}`,
      length: payload.length,
      text: opcode === 2 ? hex(payload) : new TextDecoder().decode(payload),
    });
    const rest = bytes.length - decoded.size;
    return rest === 0 ? result : `${result} · ${t('decode.rest', { count: rest })}`;
  } catch (error) {
    return t('build.refused', { reason: error instanceof Error ? error.message : '' });
  }
}
