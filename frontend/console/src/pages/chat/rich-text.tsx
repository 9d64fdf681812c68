import type { ComponentChildren, JSX } from 'preact';

const PARTS = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])|(@[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])/gu;

/** What somebody wrote: text, in which addresses are links and the reader's name stands out. Never markup. */
export function RichText({ text, user }: { readonly text: string; readonly user: string }): JSX.Element {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(PARTS)) {
    const [whole, address, name] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (address !== undefined) {
      parts.push(
        <a href={address} target="_blank" rel="noopener noreferrer nofollow">
          {address}
        </a>,
      );
    } else {
      parts.push(<span class={name === `@${user}` ? 'mention mention-own' : 'mention'}>{name}</span>);
    }
  }
  parts.push(text.slice(end));
  return <>{parts}</>;
}
