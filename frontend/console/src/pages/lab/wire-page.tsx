import type { JSX } from 'preact';
import { Bench } from './bench-view.tsx';
import { Decoder, FrameBuilder } from './frame-view.tsx';
import { Handshake } from './handshake-view.tsx';
import { t } from './messages.ts';

/** What goes over the wire below a WebSocket. */
export function WirePage(): JSX.Element {
  return (
    <>
      <p class="hint">{t('wire.lead')}</p>
      <div class="wire">
        <Handshake />
        <FrameBuilder />
        <Bench />
        <Decoder />
      </div>
    </>
  );
}
