import { expect, it } from 'vitest';
import { sectionOf } from '@/features/entities/sections';
import { tieOf } from '@/features/entities/ties';
import type { LinkInfo } from '@/features/entities/queries';

it.each([
  ['name', 'name', 'identity'], ['birthDate', 'date', 'identity'], ['phone', 'phone', 'identifiers'], ['passportNumber', 'identifier', 'identifiers'],
  ['vatCode', 'string', 'identifiers'], ['notes', 'text', 'other'], ['summary', undefined, 'other'],
])('%s belongs to %s', (property, type, section) => {
  expect(sectionOf(property, type)).toBe(section);
});

const link = { label: 'owns', source: { id: 'a', kind: 'Person', caption: 'A' }, target: { id: 'b', kind: 'Company', caption: 'B' } } as LinkInfo;

it('sees a link from either end, and from a merged member as its own', () => {
  expect(tieOf(link, { id: 'b', merged: [] })).toMatchObject({ other: link.source, outward: false });
  expect(tieOf(link, { id: 'x', merged: [{ id: 'a', caption: 'A', kind: 'Person', sameAs: null }] })).toMatchObject({ other: link.target, outward: true });
});
