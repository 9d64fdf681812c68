import { effect, signal } from '@preact/signals';
import { recall, remember } from './storage.ts';

export type Language = 'en' | 'zh';

/** A text, or its forms by the plural rules of the language; `count` chooses one. */
export type Text = string | { readonly one?: string; readonly other: string };
export type Texts = Readonly<Record<string, Text>>;

/** The language of the console; texts that were rendered follow it. */
export const language = signal<Language>(preferred());

effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
});

export function speak(chosen: Language): void {
  language.value = chosen;
  remember('language', chosen);
}

/** Both languages of a page, and the function that finds a text by its key and fills in `{names}`. */
export interface Catalogue<K extends string> {
  (key: K, values?: Readonly<Record<string, string | number>>): string;
  readonly en: Readonly<Record<K, Text>>;
  readonly zh: Readonly<Record<K, Text>>;
}

/** Makes the catalogue of a page. */
export function catalogue<E extends Texts>(en: E, zh: Readonly<Record<keyof E, Text>>): Catalogue<keyof E & string> {
  const find = (key: keyof E & string, values: Readonly<Record<string, string | number>> = {}): string => {
    const text: Text = (language.value === 'zh' ? zh : en)[key] ?? key;
    return fill(typeof text === 'string' ? text : plural(text, Number(values['count'] ?? 0)), values);
  };
  return Object.assign(find, { en, zh });
}

function plural(forms: Exclude<Text, string>, count: number): string {
  const rule = new Intl.PluralRules(language.value).select(count);
  return rule === 'one' && forms.one !== undefined ? forms.one : forms.other;
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    return value === undefined ? hole : typeof value === 'number' ? number(value) : value;
  });
}

/** A number as the language writes it. */
export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  return format(`n${JSON.stringify(options)}`, (tag) => new Intl.NumberFormat(tag, options)).format(value);
}

/** A time of day, from milliseconds since 1970. */
export function timeOfDay(millis: number, isPrecise = false): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const all: Intl.DateTimeFormatOptions = isPrecise ? { ...options, second: '2-digit' } : options;
  return format(`t${isPrecise}`, (tag) => new Intl.DateTimeFormat(tag, all)).format(millis);
}

/** A day, from milliseconds since 1970. */
export function day(millis: number): string {
  const options = { weekday: 'long', month: 'long', day: 'numeric' } as const;
  return format('d', (tag) => new Intl.DateTimeFormat(tag, options)).format(millis);
}

/** A day in short, from milliseconds since 1970. */
export function date(millis: number): string {
  return format('s', (tag) => new Intl.DateTimeFormat(tag, { month: 'numeric', day: 'numeric' })).format(millis);
}

/** Formats are slow to make and quick to use. */
const formats = new Map<string, unknown>();

function format<F>(key: string, make: (tag: string) => F): F {
  const tag = language.value === 'zh' ? 'zh-CN' : 'en-GB';
  const name = tag + key;
  const known = formats.get(name) as F | undefined;
  if (known !== undefined) {
    return known;
  }
  const made = make(tag);
  formats.set(name, made);
  return made;
}

function preferred(): Language {
  const kept = recall('language');
  if (kept === 'en' || kept === 'zh') {
    return kept;
  }
  return navigator.languages
    .find((tag) => /^(en|zh)\b/i.test(tag))
    ?.toLowerCase()
    .startsWith('zh')
    ? 'zh'
    : 'en';
}
