import { describe, expect, it } from 'vitest';
import { complete, draftOf, emptyTerms, termsOf } from '@/features/teams/agreements/terms';

const now = { purpose: 'Laundering', parties: ['IT', 'NL'], validFrom: '2026-03-10T08:15:00+00:00', validTo: '2027-04-10T23:59:59+00:00' };

describe('terms of an agreement', () => {
  it('come out of a form as they went in, to the second', () => {
    expect(termsOf(draftOf(now), now)).toEqual(now);
  });
  it('begin and end with the days that were chosen', () => {
    const said = termsOf({ ...draftOf(now), from: '2026-03-11', to: '2027-06-30' }, now);
    expect([said.validFrom, said.validTo]).toEqual(['2026-03-11T00:00:00Z', '2027-06-30T23:59:59Z']);
  });
  it('take parties in any case, with stray commas', () => {
    expect(termsOf({ ...draftOf(now), parties: 'it, nl,,lt ' }).parties).toEqual(['IT', 'NL', 'LT']);
  });
  it('are complete with a purpose, parties and two days', () => {
    expect([complete(emptyTerms), complete(draftOf(now))]).toEqual([false, true]);
  });
});
