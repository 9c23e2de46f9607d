import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EntityKind, Ontology } from '@/api/ontology';
import { firstPlan, likelyKey, nextLetter, saidBy, toMapping, without, withoutThing, type Plan } from '@/features/entities/imports/plan';

const plan: Plan = {
  things: [{ letter: 'A', kind: 'Person' }, { letter: 'B', kind: 'Company' }],
  links: [{ letter: '1', kind: 'Ownership', source: 'A', target: 'B' }],
  uses: {
    id: { of: 'A', property: '', key: true }, first: { of: 'A', property: 'name', key: false }, last: { of: 'A', property: 'name', key: false },
    firm: { of: 'B', property: 'name', key: true }, share: { of: '1', property: 'percentage', key: false },
  },
};

describe('toMapping', () => {
  const [query] = (parse(toMapping(plan)) as { queries: { entities: Record<string, unknown> }[] }).queries;

  it('writes entities with keys and columns', () => {
    expect(query?.entities['A']).toEqual({ schema: 'Person', key_literal: 'Person', keys: ['id'], properties: { name: { columns: ['first', 'last'] } } });
  });

  it('writes a link with both ends under FollowTheMoney’s names', () => {
    expect(query?.entities['link1']).toEqual({
      schema: 'Ownership', properties: { owner: { entity: 'A' }, asset: { entity: 'B' }, percentage: { column: 'share' } },
    });
  });
});

it('tells which entity no column tells apart', () => {
  expect(without({ ...plan, uses: { firm: { of: 'B', property: 'name', key: true } } })).toEqual(['A']);
});

it('says what a row states, without empty cells', () => {
  expect(saidBy(plan, 'A', ['id', 'first', 'last'], ['7', 'Ilian', ' '])).toEqual([['name', 'Ilian']]);
});

it('takes an entity’s links and columns with it', () => {
  const left = withoutThing(plan, 'B');
  expect([left.things.length, left.links.length, Object.keys(left.uses), nextLetter(left)]).toEqual([1, 0, ['id', 'first', 'last', 'share'], 'B']);
});

it('begins with what the server suggests, where the kind has it', () => {
  const person = { name: 'Person', properties: [{ name: 'birthDate', label: '', type: 'date' }] } as unknown as EntityKind;
  const ontology = { kind: (name: string) => (name === 'Person' ? person : undefined) } as Ontology;
  const columns = [{ name: 'geb', samples: [], suggestedProperty: 'birthDate' }, { name: 'sum', samples: [], suggestedProperty: 'amount' }];
  expect(firstPlan({ columns, rows: [], delimiter: ',', encoding: 'utf-8' }, ontology)).toEqual({
    things: [{ letter: 'A', kind: 'Person' }], links: [], uses: { geb: { of: 'A', property: 'birthDate', key: true } },
  });
});

it('takes for a key what is called a number, else an identifier, else the name', () => {
  expect(likelyKey([['address', 'address'], ['name', 'name'], ['company id', 'registrationNumber']])).toBe('company id');
  expect(likelyKey([['address', 'address'], ['name', 'name'], ['konto', 'iban']])).toBe('konto');
  expect(likelyKey([['address', 'address'], ['name', 'name']])).toBe('name');
  expect(likelyKey([['paid', 'date']])).toBe('paid');
});
