import type { RecordInfo } from '@/api/records';

/** A record for tests; `part` says what matters there. */
export const record = (id: string, part: Partial<RecordInfo> = {}): RecordInfo => ({
  id, about: 'e', grade: 'B2', gradeOriginal: null, handling: 'H0', status: 'ASSERTED', statusReason: null, excludedIn: [], needsConsent: false, assertedAt: '2026-06-02T10:00:00Z',
  validFrom: null, validTo: null, values: [], source: { title: 'E-014', locator: 'p.3', importId: null, exhibit: null },
  authority: { id: 'a', name: 'Procura', country: 'IT' }, assertedBy: { id: 'p', name: 'Chiara Bellandi', agency: { country: 'IT' } },
  markings: [], case: { id: 'c', title: 'Case' }, ...part,
});
