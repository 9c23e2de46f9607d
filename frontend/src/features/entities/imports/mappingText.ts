import { parse, stringify } from 'yaml';
import { endsOf } from '@/features/entities/imports/ends';
import { byName, columnsOf, keysOf, type Layout, type Plan, type PlannedLink, type Thing, type Use } from '@/features/entities/imports/plan';

interface Written {
  readonly columns?: readonly string[];
  readonly column?: string;
  readonly entity?: string;
  readonly dates?: string;
  readonly decimal?: string;
}
interface WrittenEntity {
  readonly schema?: string;
  readonly keys?: readonly string[];
  readonly key_literal?: string;
  readonly key_type?: string;
  readonly country?: string;
  readonly refers?: boolean;
  readonly each_row?: boolean;
  readonly properties?: Readonly<Record<string, Written>>;
}
interface WrittenQuery extends Layout {
  readonly strict?: boolean;
  readonly entities?: Readonly<Record<string, WrittenEntity>>;
}

function written(uses: readonly (readonly [string, Use])[]): Written {
  const columns = uses.map(([column]) => column);
  const [first = ''] = columns;
  const said = uses.map(([, use]) => use);
  const dates = said.find((use) => use.dates)?.dates;
  const decimal = said.find((use) => use.decimal)?.decimal;
  return { ...(columns.length > 1 ? { columns } : { column: first }), ...(dates ? { dates } : {}), ...(decimal ? { decimal } : {}) };
}

function properties(plan: Plan, letter: string): Record<string, Written> {
  const found = new Map<string, (readonly [string, Use])[]>();
  for (const [column, use] of columnsOf(plan, letter)) {
    if (use.property) found.set(use.property, [...(found.get(use.property) ?? []), [column, use]]);
  }
  return Object.fromEntries([...found].map(([name, uses]) => [name, written(uses)]));
}

function entity(plan: Plan, { letter, kind, keyType, country, refers }: Thing): WrittenEntity {
  const keys = keysOf(plan, letter);
  // A number is one thing among things of its kind: person 7 is not company 7.
  const told = keyType && keys.length === 1 ? { key_type: keyType } : { key_literal: kind };
  return { schema: kind, ...told, keys, ...(country ? { country } : {}), ...(refers ? { refers } : { properties: properties(plan, letter) }) };
}

function link(plan: Plan, { letter, kind, source, target, eachRow }: PlannedLink): readonly (readonly [string, WrittenEntity])[] {
  const ends = endsOf(kind);
  if (!ends) return [];
  const keys = keysOf(plan, letter);
  const held = { [ends[0]]: { entity: source }, [ends[1]]: { entity: target }, ...properties(plan, letter) };
  return [[`link${letter}`, { schema: kind, ...(keys.length > 0 ? { keys } : eachRow ? { each_row: true } : {}), properties: held }]];
}

/** The plan as a FollowTheMoney mapping, with what ours adds to it. */
export function toMapping(plan: Plan): string {
  const entities = [...plan.things.map((thing) => [thing.letter, entity(plan, thing)] as const), ...plan.links.flatMap((each) => link(plan, each))];
  return stringify({ queries: [{ ...plan.layout, ...(plan.strict ? { strict: true } : {}), entities: Object.fromEntries(entities) }] });
}

const known: ReadonlySet<string> = new Set(['schema', 'keys', 'key_literal', 'key_type', 'country', 'refers', 'each_row', 'properties']);
const inProperty: ReadonlySet<string> = new Set(['columns', 'column', 'entity', 'dates', 'decimal']);
const inQuery: ReadonlySet<string> = new Set(['entities', 'strict', 'encoding', 'delimiter', 'quote', 'header', 'sheet']);
const only = (said: object, allowed: ReadonlySet<string>): boolean => Object.keys(said).every((name) => allowed.has(name));

function readUses(of: string, said: WrittenEntity): [string, Use][] {
  const keys = new Set(said.keys);
  const held = Object.entries(said.properties ?? {}).flatMap(([property, { columns, column, dates = '', decimal = '' }]) =>
    [...(columns ?? []), ...(column === undefined ? [] : [column])].map((name): [string, Use] => [name, { of, property, key: keys.has(name), dates, decimal }]));
  const more = [...keys].filter((name) => !held.some(([column]) => column === name));
  return [...held, ...more.map((name): [string, Use] => [name, { of, property: '', key: true, dates: '', decimal: '' }])];
}

function readLink(name: string, said: WrittenEntity): PlannedLink | null {
  const ends = endsOf(said.schema ?? '');
  const at = (end: string | undefined): string => said.properties?.[end ?? '']?.entity ?? '';
  return /^link\d+$/.test(name) && ends ? { letter: name.slice(4), kind: said.schema ?? '', source: at(ends[0]), target: at(ends[1]), eachRow: said.each_row ?? false } : null;
}

/** The plan that a mapping says, or null where it says more than a plan can. */
export function fromMapping(text: string): Plan | null {
  let queries: readonly WrittenQuery[];
  try {
    queries = (parse(text) as { queries?: WrittenQuery[] } | null)?.queries ?? [];
  } catch {
    return null;
  }
  const [query] = queries;
  if (!query?.entities || queries.length > 1 || !only(query, inQuery)) return null;
  const { entities, strict = false, ...layout } = query;
  const every = Object.entries(entities);
  const plain = every.every(([, said]) => only(said, known) && Object.values(said.properties ?? {}).every((each) => only(each, inProperty)));
  const things = every.filter(([name]) => /^[A-Z]$/.test(name)).map(([letter, said]): Thing =>
    ({ letter, kind: said.schema ?? '', keyType: said.key_type ?? '', country: said.country ?? '', refers: said.refers ?? false }));
  const links = every.flatMap(([name, said]) => readLink(name, said) ?? []);
  const uses = every.flatMap(([name, said]) => readUses(name.replace('link', ''), said));
  if (!plain || things.length + links.length < every.length || byName(uses).size < uses.length) return null;
  return { things, links, uses: Object.fromEntries(uses), strict, layout };
}
