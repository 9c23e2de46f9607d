import type { Ontology } from '@/api/ontology';
import type { Preview } from '@/features/entities/imports/queries';

/** An entity that each row states. */
export interface Thing {
  readonly letter: string;
  readonly kind: string;
  /** What its key is (iban, phone, name …), so that any notation of it is the same; empty: as written. */
  readonly keyType: string;
  /** Country of telephone numbers that are written without one, in small letters. */
  readonly country: string;
  /** It is in the data set already; rows only name it. */
  readonly refers: boolean;
}
/** A link that each row states between two of its entities; its letter is a number. */
export interface PlannedLink {
  readonly letter: string;
  readonly kind: string;
  readonly source: string;
  readonly target: string;
  /** Every row states one of its own, where no column numbers them. */
  readonly eachRow: boolean;
}
/** What a column says: a property of the thing or link with this letter; nothing when the letter is empty. */
export interface Use {
  readonly of: string;
  readonly property: string;
  readonly key: boolean;
  /** Order of day and month, and decimal mark; empty where there is none, or it is still to be said. */
  readonly dates: string;
  readonly decimal: string;
}
/** How a table is written, as far as a person has said so. */
export interface Layout {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly header?: number;
  readonly sheet?: string;
}
/** How the columns of a table become entities and links. */
export interface Plan {
  readonly things: readonly Thing[];
  readonly links: readonly PlannedLink[];
  readonly uses: Readonly<Partial<Record<string, Use>>>;
  /** Rows whose IBAN, telephone or country does not hold are refused. */
  readonly strict: boolean;
  readonly layout: Layout;
}

/** An entity of which nothing but its kind is said. */
export const thing = (letter: string, kind: string): Thing => ({ letter, kind, keyType: '', country: '', refers: false });

const identifying: Readonly<Record<string, string>> = {
  iban: 'iban', accountNumber: 'account', phone: 'phone', number: 'phone', email: 'email', publicKey: 'wallet', passportNumber: 'passport', idNumber: 'id',
  registrationNumber: 'company', vatCode: 'vat', leiCode: 'lei', name: 'name',
};

/** What a key is that states this property of a kind. */
export const keyTypeOf = (kind: string, property: string): string => (property === 'number' && kind !== 'Phone' ? '' : (identifying[property] ?? ''));

/** A use with what the server found of the column's dates and amounts, where the property holds them. */
export function toldBy(of: string, property: string, type: string, key: boolean, column: Preview['columns'][number]): Use {
  return { of, property, key, dates: type === 'date' ? (column.dates ?? '') : '', decimal: type === 'number' ? (column.decimal ?? '') : '' };
}

/** Columns whose order of day and month, or whose decimal mark, has to be said before the import can start. */
export function unsaid(plan: Plan, preview: Preview): readonly string[] {
  return preview.columns.filter(({ name, dates, decimal }) => {
    const use = plan.uses[name];
    return use?.property && ((dates === '' && !use.dates && isDated(use.property)) || (decimal === '' && !use.decimal && isCounted(use.property)));
  }).map(({ name }) => name);
}

const isDated = (property: string): boolean => /date/i.test(property);
const isCounted = (property: string): boolean => /amount|balance|percentage|duration/i.test(property);

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
  const uses = fits.map(([column, property]) => {
    const said = preview.columns.find(({ name }) => name === column);
    const type = ontology.kind(kind)?.properties.find(({ name }) => name === property)?.type ?? '';
    return [column, said ? toldBy('A', property, type, column === key, said) : untaken] as const;
  });
  const keyed = uses.find(([, use]) => use.key)?.[1].property ?? '';
  const keyType = key && isNumbered(key) ? '' : keyTypeOf(kind, keyed);
  return { things: [{ ...thing('A', kind), keyType }], links: [], uses: Object.fromEntries(uses), strict: true, layout: {} };
}

/** What a column says that nobody takes. */
export const untaken: Use = { of: '', property: '', key: false, dates: '', decimal: '' };

/** Columns by name, each once. */
export const byName = (uses: readonly (readonly [string, Use])[]): ReadonlyMap<string, Use> => new Map(uses);

export const columnsOf = (plan: Plan, letter: string): readonly (readonly [string, Use])[] =>
  Object.entries(plan.uses).flatMap(([column, use]) => (use?.of === letter ? [[column, use] as const] : []));

/** The columns that tell an entity or link from another. */
export const keysOf = (plan: Plan, letter: string): string[] => columnsOf(plan, letter).filter(([, { key }]) => key).map(([column]) => column);

/** Letters of the things that no column tells apart; the import cannot start before there are none. */
export const without = (plan: Plan): readonly string[] => plan.things.map(({ letter }) => letter).filter((letter) => keysOf(plan, letter).length === 0);

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The first letter that no thing has yet. */
export const nextLetter = (plan: Plan): string =>
  Array.from(alphabet).find((letter) => !plan.things.some((thing) => thing.letter === letter)) ?? 'A';

/** The plan without a thing, the links that end at it and the uses of its columns. */
export function withoutThing(plan: Plan, letter: string): Plan {
  return {
    ...plan,
    things: plan.things.filter((each) => each.letter !== letter),
    links: plan.links.filter(({ source, target }) => source !== letter && target !== letter),
    uses: Object.fromEntries(Object.entries(plan.uses).filter(([, use]) => use?.of !== letter)),
  };
}
