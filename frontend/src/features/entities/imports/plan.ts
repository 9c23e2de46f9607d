import { stringify } from 'yaml';
import type { Ontology } from '@/api/ontology';
import { endsOf } from '@/features/entities/imports/ends';
import type { Preview } from '@/features/entities/imports/queries';

/** An entity that each row states. */
export interface Thing {
  readonly letter: string;
  readonly kind: string;
}
/** A link that each row states between two of its entities; its letter is a number. */
export interface PlannedLink {
  readonly letter: string;
  readonly kind: string;
  readonly source: string;
  readonly target: string;
}
/** What a column says: a property of the thing or link with this letter; nothing when the letter is empty. */
export interface Use {
  readonly of: string;
  readonly property: string;
  readonly key: boolean;
}
/** How the columns of a table become entities and links. */
export interface Plan {
  readonly things: readonly Thing[];
  readonly links: readonly PlannedLink[];
  readonly uses: Readonly<Partial<Record<string, Use>>>;
}

const personal = new Set(['birthDate', 'firstName', 'lastName', 'passportNumber', 'idNumber', 'nationality']);

function likelyKind(suggested: ReadonlySet<string>): string {
  if ([...suggested].some((property) => personal.has(property))) return 'Person';
  if (suggested.has('iban') || suggested.has('accountNumber')) return 'BankAccount';
  return 'Company';
}

const isNumbered = (column: string): boolean => /(^|[\s_.-])(id|nr|no|num|number|code|key)$|[a-z]Id$|^id([\s_.-]|$)/i.test(column);
const telling: readonly string[] = ['iban', 'accountNumber', 'registrationNumber', 'idNumber', 'passportNumber', 'vatCode', 'leiCode', 'phone', 'email', 'publicKey', 'name'];

/** Which of an entity's columns most likely tells one from another: one that is called a number, an identifier, the name, else the first. */
export function likelyKey(uses: readonly (readonly [column: string, property: string])[]): string | undefined {
  const numbered = uses.find(([column]) => isNumbered(column))?.[0];
  const identifying = telling.flatMap((each) => uses.filter(([, property]) => property === each))[0]?.[0];
  return numbered ?? identifying ?? uses[0]?.[0];
}

/** A first plan from what the server suggests for each column: one entity with the properties that its kind has. */
export function firstPlan(preview: Preview, ontology: Ontology): Plan {
  const kind = likelyKind(new Set(preview.columns.flatMap(({ suggestedProperty }) => suggestedProperty ?? [])));
  const has = (property: string): boolean => ontology.kind(kind)?.properties.some(({ name }) => name === property) ?? false;
  const fits = preview.columns.flatMap(({ name, suggestedProperty }) => (suggestedProperty && has(suggestedProperty) ? [[name, suggestedProperty] as const] : []));
  const key = likelyKey(fits);
  const uses = fits.map(([column, property]) => [column, { of: 'A', property, key: column === key }] as const);
  return { things: [{ letter: 'A', kind }], links: [], uses: Object.fromEntries(uses) };
}

const columnsOf = (plan: Plan, letter: string): readonly (readonly [string, Use])[] =>
  Object.entries(plan.uses).flatMap(([column, use]) => (use?.of === letter ? [[column, use] as const] : []));

function properties(plan: Plan, letter: string): Record<string, { columns: string[] } | { column: string }> {
  const found = new Map<string, string[]>();
  for (const [column, { property }] of columnsOf(plan, letter)) {
    if (property) found.set(property, [...(found.get(property) ?? []), column]);
  }
  return Object.fromEntries([...found].map(([name, [first = '', ...rest]]) => [name, rest.length > 0 ? { columns: [first, ...rest] } : { column: first }]));
}

const keys = (plan: Plan, letter: string): string[] => columnsOf(plan, letter).filter(([, { key }]) => key).map(([column]) => column);

/** Letters of the things that no column tells apart; the import cannot start before there are none. */
export const without = (plan: Plan): readonly string[] => plan.things.map(({ letter }) => letter).filter((letter) => keys(plan, letter).length === 0);

/** The plan as a FollowTheMoney mapping. */
export function toMapping(plan: Plan): string {
  // A number is one thing among things of its kind: person 7 is not company 7.
  const things = plan.things.map(({ letter, kind }) => [letter, { schema: kind, key_literal: kind, keys: keys(plan, letter), properties: properties(plan, letter) }] as const);
  const links = plan.links.flatMap(({ letter, kind, source, target }) => {
    const ends = endsOf(kind);
    if (!ends) return [];
    const own = keys(plan, letter);
    const held = { [ends[0]]: { entity: source }, [ends[1]]: { entity: target }, ...properties(plan, letter) };
    return [[`link${letter}`, { schema: kind, ...(own.length > 0 ? { keys: own } : {}), properties: held }] as const];
  });
  return stringify({ queries: [{ entities: Object.fromEntries([...things, ...links]) }] });
}

/** What one row would state of a thing or link: property and value, empty cells left out. */
export function saidBy(plan: Plan, letter: string, columns: readonly string[], row: readonly string[]): readonly (readonly [property: string, value: string])[] {
  return columnsOf(plan, letter).flatMap(([column, { property }]) => {
    const value = row[columns.indexOf(column)]?.trim();
    return property && value ? [[property, value] as const] : [];
  });
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The first letter that no thing has yet. */
export const nextLetter = (plan: Plan): string =>
  Array.from(alphabet).find((letter) => !plan.things.some((thing) => thing.letter === letter)) ?? 'A';

/** The plan without a thing, the links that end at it and the uses of its columns. */
export function withoutThing(plan: Plan, letter: string): Plan {
  return {
    things: plan.things.filter((thing) => thing.letter !== letter),
    links: plan.links.filter(({ source, target }) => source !== letter && target !== letter),
    uses: Object.fromEntries(Object.entries(plan.uses).filter(([, use]) => use?.of !== letter)),
  };
}
