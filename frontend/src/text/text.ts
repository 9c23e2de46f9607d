import { en } from '@/text/en/catalogue';

type Plural = { readonly one: string; readonly other: string };
type Entry = string | Plural;
export type Catalogue = typeof en;
export type TextKey = keyof Catalogue;

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type EntryNames<E extends Entry> = E extends string ? Names<E> : E extends Plural ? Names<E['one']> | Names<E['other']> | 'count' : never;
export type Parameters<K extends TextKey> = { readonly [N in EntryNames<Catalogue[K]>]: N extends 'count' ? number : string | number };
type Rest<K extends TextKey> = [EntryNames<Catalogue[K]>] extends [never] ? [] : [parameters: Parameters<K>];

const locale = 'en';
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);

function form(entry: Entry, parameters: Record<string, string | number>): string {
  if (typeof entry === 'string') return entry;
  return plurals.select(Number(parameters['count'])) === 'one' ? entry.one : entry.other;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** A value in a script of the other direction is isolated, as `<bdi>` does in markup, so that it moves nothing around it. */
const isolated = (value: string): string => (RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value);

/** The text of a catalogue key; numbers are written by locale. Throws nothing: types make every key and parameter sure. */
export function t<K extends TextKey>(key: K, ...rest: Rest<K>): string {
  const parameters: Record<string, string | number> = rest[0] ?? {};
  return form(en[key], parameters).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    return typeof value === 'number' ? numbers.format(value) : isolated(value ?? '');
  });
}
