/** A piece of a text around the first place where words stand in it. */
export interface Excerpt {
  readonly before: string;

  /** The words as they stand there; empty where only the service can tell why the text was found. */
  readonly match: string;
  readonly after: string;
}

/** How much of the text is shown before the words, in characters. */
const LEAD = 60;

export function excerpt(text: string, words: string): Excerpt {
  const lower = text.toLowerCase();
  const at = lower.length === text.length ? lower.indexOf(words.toLowerCase()) : text.indexOf(words);
  if (at < 0 || words === '') {
    return { before: text, match: '', after: '' };
  }
  const end = at + words.length;
  const lead = text.slice(0, at);
  const characters = Array.from(lead);
  const before = characters.length > LEAD ? `…${characters.slice(-LEAD).join('')}` : lead;
  return { before, match: text.slice(at, end), after: text.slice(end) };
}
