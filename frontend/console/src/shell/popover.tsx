import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** A button and what it opens below itself. Escape and a click elsewhere close it. */
export function Popover(props: {
  readonly label: string;
  readonly face: ComponentChildren;
  readonly class?: string;
  readonly children: (close: () => void) => ComponentChildren;
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener(
      'pointerdown',
      (event) => {
        if (!root.current?.contains(event.target as Node)) {
          setOpen(false);
        }
      },
      { signal },
    );
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Escape') {
          setOpen(false);
          button.current?.focus();
        }
      },
      { signal },
    );
    return () => stop.abort();
  }, [isOpen]);
  return (
    <div class="popover" ref={root}>
      <button
        ref={button}
        type="button"
        class={props.class ?? 'quiet'}
        aria-label={props.label}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {props.face}
      </button>
      {isOpen && (
        <div class="popover-panel" role="group" aria-label={props.label}>
          {props.children(() => {
            setOpen(false);
            button.current?.focus();
          })}
        </div>
      )}
    </div>
  );
}
