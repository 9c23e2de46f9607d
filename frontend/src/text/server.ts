import { spoken } from '@/text/language';
import { kindName, linkName } from '@/text/ontology';
import { filled, type TextKey } from '@/text/text';

type Said = Readonly<Record<string, string>>;
interface Pattern {
  readonly key: TextKey;
  readonly matches: RegExp;
}

const known = new WeakMap<Said, readonly Pattern[]>();

/** The English sentence with each `{n}` standing for whatever the server put there. */
function pattern(english: string): RegExp {
  const plain = english.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : `(?<${part}>.+?)`));
  return new RegExp(`^${plain.join('')}$`, 'su');
}

function patterns(english: Said): readonly Pattern[] {
  const made = known.get(english) ?? Object.entries(english).map(([key, text]) => ({ key: key as TextKey, matches: pattern(text) }));
  known.set(english, made);
  return made;
}

/** Places in which a kind of entity or link stands by its name. What a mapping calls `{schema}` stays as people wrote it there. */
const KINDS: ReadonlySet<string> = new Set(['source', 'target', 'kind', 'other']);

function word(place: string, value: string): string {
  if (place === 'reason') return serverText(value);
  return KINDS.has(place) ? kindName(value, linkName(value, value)) : value;
}

/** What stands in the places of a sentence: names and figures as they came, kinds by their names, and a reason, which is a sentence again. */
const told = (places: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(places).map(([place, value]) => [place, word(place, value)]));

/** A sentence of the server in the language spoken; one that no catalogue has stays as it came. */
export function serverText(sentence: string): string {
  const { catalogue, serverEnglish } = spoken();
  if (!serverEnglish) return sentence;
  for (const { key, matches } of patterns(serverEnglish)) {
    const found = matches.exec(sentence);
    if (found) return filled(catalogue[key], told(found.groups ?? {}));
  }
  return sentence;
}

/** What somebody did, as the activity tells it: the server's verb in the language spoken. */
export function verbText(verb: string): string {
  const { catalogue } = spoken();
  const key = `verb.${verb}`;
  return key in catalogue ? filled(catalogue[key as TextKey], {}) : verb;
}
