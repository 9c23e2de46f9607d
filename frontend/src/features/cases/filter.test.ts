import { describe, expect, it } from 'vitest';
import { isNarrowed, noFilter, passing } from '@/features/cases/filter';
import type { CaseRow } from '@/features/cases/queries';

const row = (id: string, rest: Partial<CaseRow> = {}): CaseRow => ({
  id, title: id, summary: '', offences: [], state: 'OPEN', entityCount: 0, references: [], authority: { id: 'pg', name: 'Procura', country: 'IT' },
  lead: null, markings: [], ...rest,
});
const rows = [
  row('Acquaviva', { references: [{ country: 'IT', number: 'NA-2231/26' }], offences: ['money laundering'] }),
  row('Kodėl', { state: 'CLOSED', lead: { id: 'e', name: 'Eglė Tamulytė' } }),
  row('Saltmarsh', { authority: { id: 'om', name: 'Openbaar Ministerie', country: 'NL' } }),
];
const titles = (filter: object): string[] => passing(rows, { ...noFilter, ...filter }).map(({ title }) => title);

describe('passing', () => {
  it.each([
    [{}, ['Acquaviva', 'Kodėl', 'Saltmarsh']],
    [{ state: 'CLOSED' }, ['Kodėl']],
    [{ authority: 'om' }, ['Saltmarsh']],
    [{ text: 'na-2231' }, ['Acquaviva']],
    [{ text: 'laundering acqua' }, ['Acquaviva']],
    [{ text: 'kodel egle' }, ['Kodėl']],
    [{ text: 'ministerie', state: 'CLOSED' }, []],
  ])('leaves of %o %o', (filter, left) => {
    expect(titles(filter)).toEqual(left);
  });

  it('knows when nothing is left out', () => {
    expect([isNarrowed(noFilter), isNarrowed({ ...noFilter, text: 'x' })]).toEqual([false, true]);
  });
});
