import { expect, it } from 'vitest';
import { fromFragment, isNarrowed, toFragment } from '@/features/entities/search/narrowing';

it('keeps in the address what is asked', () => {
  const asked = { text: 'Дравец & "salt quay"', group: 'person', narrowing: { case: 'c1', gradeAtLeast: 'B2', statedFrom: '1979-04-12', statedAs: 'birthDate' } } as const;
  expect(fromFragment(toFragment(asked))).toEqual(asked);
});

it('takes no notice of what is no question', () => {
  expect(fromFragment('')).toEqual({ text: '', group: null, narrowing: {} });
  expect(fromFragment('#q=x&kind=nothing&other=y')).toEqual({ text: 'x', group: null, narrowing: {} });
  expect(toFragment({ text: '', group: null, narrowing: { country: null } })).toBe('');
});

it('knows whether anything narrows', () => {
  expect(isNarrowed({ case: null, country: '' })).toBe(false);
  expect(isNarrowed({ country: 'NL' })).toBe(true);
});
