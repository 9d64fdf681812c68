import type { JSX } from 'preact';

/** The first letter of a name, in a colour that belongs to it. */
export function Avatar(props: { readonly name: string; readonly size?: 'small' }): JSX.Element {
  return (
    <span class={`avatar ${props.size ?? ''}`} style={{ '--hue': hue(props.name) }} aria-hidden="true">
      {String.fromCodePoint(props.name.codePointAt(0) ?? 63).toUpperCase()}
    </span>
  );
}

/** The same for the same name, on every machine. */
function hue(name: string): number {
  let sum = 7;
  for (const letter of name) {
    sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  }
  return sum / 10;
}
