import type { en } from '@/text/en/catalogue';

/** The texts of one area in another language: every key of the English ones; where those count, one text for each form of that language's plural. */
export type Translated<English, Form extends Intl.LDMLPluralRule = 'one' | 'other'> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Readonly<Record<Form, string>>;
};

/** Arabic counts none, one, two, a few (3 to 10), many (11 to 99) and others. */
export type Arabic<English> = Translated<English, 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'>;

export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
export type Entry = string | Plural;
/** Every text of the interface in one language. */
export type Catalogue = Readonly<Record<keyof typeof en, Entry>>;
/** Names of the ontology: a kind and its plural, a link from either end, a property; by the names that the server gives them. */
export interface OntologyWords {
  readonly kinds: Readonly<Record<string, readonly [one: string, many: string]>>;
  readonly links: Readonly<Record<string, readonly [label: string, reverse: string]>>;
  readonly properties: Readonly<Record<string, string>>;
}
