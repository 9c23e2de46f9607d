import type { Mentioned } from '@/api/comments';

type Named = Pick<Mentioned, 'id' | 'name' | 'agency'>;

/** How somebody is written behind an @: by name, with the country where two bear it. */
export const labelOf = (person: Named, among: readonly Named[]): string =>
  among.some(({ id, name }) => id !== person.id && name === person.name) ? `${person.name} (${person.agency.country})` : person.name;

export type Part = { readonly text: string; readonly person: string | null };

/** A text cut where people are mentioned: the longest name that ends with its word wins. */
export function partsOf(text: string, people: readonly Named[]): readonly Part[] {
  const labels = people.map((person) => ({ id: person.id, label: `@${labelOf(person, people)}` })).sort((a, b) => b.label.length - a.label.length);
  const parts: Part[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found = labels.find(({ label }) => text.startsWith(label, at) && !/^[\p{L}\p{N}]/u.test(text.slice(at + label.length)));
    if (found) {
      if (plain) parts.push({ text: plain, person: null });
      parts.push({ text: found.label, person: found.id });
      plain = '';
      at += found.label.length;
    } else {
      plain += text.charAt(at);
      at += 1;
    }
  }
  return plain ? [...parts, { text: plain, person: null }] : parts;
}

/** The ids of those whom a text mentions. */
export const mentionedIn = (text: string, people: readonly Named[]): string[] =>
  [...new Set(partsOf(text, people).flatMap(({ person }) => (person ? [person] : [])))];

/** What is being typed behind an @ in front of the caret: where it begins and what is there; null where nobody is being mentioned. */
export function typedMention(text: string, caret: number): { readonly from: number; readonly typed: string } | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || (from > 0 && /[\p{L}\p{N}]/u.test(text.charAt(from - 1)))) return null;
  const typed = text.slice(from + 1, caret);
  return typed.includes('\n') || typed.length > 60 ? null : { from, typed };
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Those of the people who may be meant by what was typed: any of their names begins with it. */
export function meant<T extends Named>(typed: string, people: readonly T[]): T[] {
  const wanted = folded(typed);
  return people.filter((person) => {
    const label = folded(labelOf(person, people));
    return label !== wanted && (label.startsWith(wanted) || label.split(' ').some((word) => word.startsWith(wanted)));
  });
}
