import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EntityKind, Ontology } from '@/api/ontology';
import { fromMapping, toMapping } from '@/features/entities/imports/mappingText';
import { firstPlan, likelyKey, nextLetter, thing, unsaid, untaken, without, withoutThing, type Plan } from '@/features/entities/imports/plan';
import type { Preview } from '@/features/entities/imports/queries';

const takes = (of: string, property: string, key = false) => ({ ...untaken, of, property, key });
const plan: Plan = {
  things: [thing('A', 'Person'), { ...thing('B', 'Company'), keyType: 'name' }],
  links: [{ letter: '1', kind: 'Ownership', source: 'A', target: 'B', eachRow: false }],
  uses: {
    id: takes('A', '', true), first: takes('A', 'name'), last: takes('A', 'name'),
    firm: takes('B', 'name', true), share: { ...takes('1', 'percentage'), decimal: 'comma' },
  },
  strict: true, layout: { delimiter: ';' },
};
const column = (name: string, suggestedProperty: string | null, dates: string | null = null) => ({ name, samples: [], suggestedProperty, dates, decimal: null });
const preview = (columns: Preview['columns']): Preview => ({
  columns, rows: [], delimiter: ',', encoding: 'utf-8', quote: '"', header: 1, sheet: null, sheets: [], encodings: [], template: null, suggestedMapping: null,
});

describe('toMapping', () => {
  const [query] = (parse(toMapping(plan)) as { queries: { delimiter: string; strict: boolean; entities: Record<string, unknown> }[] }).queries;

  it('writes entities with keys and columns', () => {
    expect(query?.entities['A']).toEqual({ schema: 'Person', key_literal: 'Person', keys: ['id'], properties: { name: { columns: ['first', 'last'] } } });
    expect(query?.entities['B']).toEqual({ schema: 'Company', key_type: 'name', keys: ['firm'], properties: { name: { column: 'firm' } } });
  });

  it('writes a link with both ends under FollowTheMoney’s names', () => {
    expect(query?.entities['link1']).toEqual({
      schema: 'Ownership', properties: { owner: { entity: 'A' }, asset: { entity: 'B' }, percentage: { column: 'share', decimal: 'comma' } },
    });
  });

  it('writes how the table is written', () => {
    expect([query?.delimiter, query?.strict]).toEqual([';', true]);
  });

  it('is read back as the same plan', () => {
    expect(fromMapping(toMapping(plan))).toEqual(plan);
  });
});

it('leaves a mapping that says more than a plan to whoever wrote it', () => {
  const more = ['queries: [{entities: {A: {schema: Person, keys: [id], properties: {name: {column: id, split: ","}}}}}]', 'a: [', 'queries: []'];
  expect(more.map(fromMapping)).toEqual([null, null, null]);
});

it('tells which entity no column tells apart', () => {
  expect(without({ ...plan, uses: { firm: takes('B', 'name', true) } })).toEqual(['A']);
});

it('tells which column’s order of day and month is still to be said', () => {
  const open = preview([column('born', 'birthDate', '')]);
  expect(unsaid({ ...plan, uses: { born: takes('A', 'birthDate') } }, open)).toEqual(['born']);
  expect(unsaid({ ...plan, uses: { born: { ...takes('A', 'birthDate'), dates: 'dmy' } } }, open)).toEqual([]);
  expect(unsaid({ ...plan, uses: { born: takes('A', 'name') } }, open)).toEqual([]);
});

it('takes an entity’s links and columns with it', () => {
  const left = withoutThing(plan, 'B');
  expect([left.things.length, left.links.length, Object.keys(left.uses), nextLetter(left)]).toEqual([1, 0, ['id', 'first', 'last', 'share'], 'B']);
});

it('begins with what the server suggests, where the kind has it', () => {
  const person = { name: 'Person', properties: [{ name: 'birthDate', label: '', type: 'date' }] } as unknown as EntityKind;
  const ontology = { kind: (name: string) => (name === 'Person' ? person : undefined) } as Ontology;
  expect(firstPlan(preview([column('geb', 'birthDate', 'dmy'), column('sum', 'amount')]), ontology)).toEqual({
    things: [thing('A', 'Person')], links: [], uses: { geb: { of: 'A', property: 'birthDate', key: true, dates: 'dmy', decimal: '' } }, strict: true, layout: {},
  });
});

it('takes for a key what is called a number, else an identifier, else the name', () => {
  expect(likelyKey([['address', 'address'], ['name', 'name'], ['company id', 'registrationNumber']])).toBe('company id');
  expect(likelyKey([['address', 'address'], ['name', 'name'], ['konto', 'iban']])).toBe('konto');
  expect(likelyKey([['address', 'address'], ['name', 'name']])).toBe('name');
  expect(likelyKey([['paid', 'date']])).toBe('paid');
});
