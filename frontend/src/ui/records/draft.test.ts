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

it('begins with the place, the text, the grade and the code of an exhibit that it cites, and keeps the exhibit when it is corrected', () => {
  const exhibit = { id: 'x', number: 'E-48210', title: 'Statement' };
  const begun = emptyDraft('c', ['iban', 'name'], { exhibit, locator: 'p.3', text: 'IT60', grade: 'A1', handling: 'H1' });
  expect(toInput(begun)).toMatchObject({ exhibit: 'x', sourceTitle: 'E-48210', locator: 'p.3', grade: 'A1', handling: 'H1', values: [{ property: 'iban', values: ['IT60'] }] });
  expect(toInput(draftOf(record('1', { source: { title: 'E-48210', locator: 'p.3', importId: null, exhibit } })))).toMatchObject({ exhibit: 'x' });
});
