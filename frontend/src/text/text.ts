import type { en } from '@/text/en/catalogue';
import { byLocale, direction, spoken } from '@/text/language';
import type { Entry } from '@/text/translated';

type English = typeof en;
export type TextKey = keyof English;

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type EntryNames<E> = E extends string ? Names<E> : E extends { readonly one: string; readonly other: string } ? Names<E['one']> | Names<E['other']> | 'count' : never;
export type Parameters<K extends TextKey> = { readonly [N in EntryNames<English[K]>]: N extends 'count' ? number : string | number };
type Rest<K extends TextKey> = [EntryNames<English[K]>] extends [never] ? [] : [parameters: Parameters<K>];

const plurals = byLocale((locale) => new Intl.PluralRules(locale));
const numbers = byLocale((locale) => new Intl.NumberFormat(locale));

function form(entry: Entry, parameters: Readonly<Record<string, string | number>>): string {
  if (typeof entry === 'string') return entry;
  return entry[plurals().select(Number(parameters['count']))] ?? entry.other;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** A value that may run in the other direction is isolated, as `<bdi>` does in markup, so that it moves nothing around it. */
function isolated(value: string): string {
  return value && (direction() === 'rtl' || RIGHT_TO_LEFT.test(value)) ? `\u2068${value}\u2069` : value;
}

/** A text with its places filled; numbers are written by locale. */
export function filled(entry: Entry, parameters: Readonly<Record<string, string | number>>): string {
  return form(entry, parameters).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    return typeof value === 'number' ? numbers().format(value) : isolated(value ?? '');
  });
}

/** The text of a catalogue key in the language spoken. Types make every key and parameter sure. */
export function t<K extends TextKey>(key: K, ...rest: Rest<K>): string {
  return filled(spoken().catalogue[key], rest[0] ?? {});
}
