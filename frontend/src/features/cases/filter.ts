import type { CaseRow } from '@/features/cases/queries';

/** What the list of cases is narrowed to; an empty text leaves a part out. */
export interface CaseFilter {
  readonly text: string;
  readonly state: string;
  readonly authority: string;
}

export const noFilter: CaseFilter = { text: '', state: '', authority: '' };
export const isNarrowed = (filter: CaseFilter): boolean => Object.values(filter).some((part) => part !== '');

/** Words compared without case or accents. */
const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

/** True when every word stands somewhere in what the list shows of a case, or in its offences and summary. */
function says(row: CaseRow, text: string): boolean {
  const references = row.references.flatMap(({ country, number }) => [country, number]);
  const said = plain([row.title, row.summary, row.authority.name, row.lead?.name ?? '', ...references, ...row.offences].join(' '));
  return plain(text).split(/\s+/u).every((word) => said.includes(word));
}

/** The cases that pass. */
export const passing = (rows: readonly CaseRow[], { text, state, authority }: CaseFilter): readonly CaseRow[] =>
  rows.filter((row) => (!state || row.state === state) && (!authority || row.authority.id === authority) && says(row, text));
