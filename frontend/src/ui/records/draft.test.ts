import { describe, expect, it } from 'vitest';
import { record } from '@/ui/facts/record.testing';
import { draftOf, emptyDraft, isComplete, toInput } from '@/ui/records/draft';

const draft = { ...emptyDraft('c', ['name', 'alias']), sourceTitle: ' E-014 ' };

describe('toInput', () => {
  it('gathers values under their properties and leaves empty ones out', () => {
    const values = [{ property: 'name', value: ' Ilian ' }, { property: 'name', value: 'Илиан' }, { property: 'alias', value: ' ' }];
    expect(toInput({ ...draft, values }).values).toEqual([{ property: 'name', values: ['Ilian', 'Илиан'] }]);
  });

  it.each([['B', '2', 'B2'], ['B', '', null], ['', '2', null]])('grade %s and %s is %s', (reliability, credibility, grade) => {
    expect(toInput({ ...draft, reliability, credibility }).grade).toBe(grade);
  });
});

it('says again what a record says', () => {
  const said = record('1', { values: [{ property: 'name', label: 'Name', values: ['Ilian', 'Илиан'] }], markings: [{ id: 'm', name: 'Covert', kind: 'COVERT_SOURCE' }] });
  expect(toInput(draftOf(said))).toMatchObject({
    case: 'c', values: [{ property: 'name', values: ['Ilian', 'Илиан'] }], sourceTitle: 'E-014', locator: 'p.3', grade: 'B2', handling: 'H0', markings: ['m'],
  });
});

it('is complete with case, source and a value; a merge needs no value', () => {
  expect([isComplete(draft), isComplete(draft, true), isComplete({ ...draft, values: [{ property: 'name', value: 'x' }] })]).toEqual([false, true, true]);
});
