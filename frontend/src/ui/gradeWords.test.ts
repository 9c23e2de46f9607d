import { expect, it } from 'vitest';
import { originalWords } from '@/ui/gradeWords';

it.each([
  ['4x4: B/2', 'source mostly reliable; known to the source, not to the officer'],
  ['4×4 x4', 'source cannot be assessed; not known and not to be corroborated (wording not verified)'],
  ['3x5x2 1BC', 'source reliable; known indirectly, corroborated'],
])('%s is said in words', (text, words) => {
  expect(originalWords(text).replace(/[\u2068\u2069]/g, '')).toBe(`${text}: ${words}`);
});

it('leaves what is on no known scale as it was given', () => {
  expect(originalWords('a friend says so')).toBe('a friend says so');
});
