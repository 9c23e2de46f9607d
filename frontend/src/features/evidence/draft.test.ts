import { expect, it } from 'vitest';
import { changesOf, draftOf } from '@/features/evidence/draft';
import type { ExhibitInfo } from '@/features/evidence/queries';

const agency = { id: 'it', name: 'Procura', country: 'IT' };
const exhibit: ExhibitInfo = {
  id: '1', number: 'E-48210', title: 'Statements', kind: 'DOCUMENT', handling: 'H0', grade: 'B2', acquiredAt: '2026-04-08T07:20:00.000Z', acquiredZone: 'Europe/Rome',
  cited: 0, excludedIn: [], challengedIn: [], integrityAlert: null, integrityCheck: { state: 'NONE', at: null }, createdAt: '2026-04-08T07:20:00Z', version: 'v', mayWrite: true, mayHandOn: true, case: null, authority: agency, custodian: agency,
  markings: [], file: null, parent: { id: '2', number: 'E-10000', title: 'Ledger' }, derivation: 'OTHER', translations: [], derived: [], sameFile: [], createdBy: null,
  details: {
    legalAuthorisation: '118/26', legalBasis: '', method: '', tool: '', examiner: '', place: '', personFrom: '', mediaId: '', sealNumber: '', encryption: '',
    authentication: '', retention: '', language: 'it', recipients: ['NL'], admissibility: [],
  },
};
const draft = draftOf(exhibit);

it('sends nothing where nothing differs', () => expect(changesOf(draft, draft)).toEqual({}));

it('sends what differs and leaves the rest as it is', () => {
  const next = { ...draft, title: ' Statements of account ', legalAuthorisation: '', recipients: 'NL\n\n LT ', reliability: 'A', handling: 'H1', kind: 'TABLE' as const };
  expect(changesOf(next, draft)).toEqual({ title: 'Statements of account', legalAuthorisation: '', recipients: ['NL', 'LT'], grade: 'A2', handling: 'H1', kind: 'TABLE' });
});

it('says that it is a translation', () => expect(changesOf({ ...draft, derivation: 'TRANSLATION' }, draft)).toEqual({ derivation: 'TRANSLATION' }));

it('takes a grade away with either part', () => expect(changesOf({ ...draft, credibility: '' }, draft)).toEqual({ grade: '' }));

it('says in which zone a moment is meant', () => {
  expect(changesOf({ ...draft, acquired: '2026-04-09T10:00' }, draft)).toEqual({
    acquiredAt: new Date('2026-04-09T10:00').toISOString(), acquiredZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
});
