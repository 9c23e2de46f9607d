import { describe, expect, it } from 'vitest';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { otherOf, versionsOf } from '@/features/evidence/versions/versions';

const exhibit = (id: string, language: string, translations: ExhibitInfo['translations'] = []): ExhibitInfo =>
  ({ id, number: `E-${id}`, details: { language }, translations }) as unknown as ExhibitInfo;
const translation = (id: string, language: string) => ({ id, number: `E-1.${id}`, title: '', language });
const original = exhibit('1', 'it', [translation('2', 'en'), translation('3', 'French')]);

describe('the choice between original and translation', () => {
  it('names each by its language', () => {
    expect(versionsOf(original, original)).toEqual([
      { id: '1', label: 'Original IT' }, { id: '2', label: 'Translation EN' }, { id: '3', label: 'Translation French' },
    ]);
  });

  it('is the same on a translation', () => expect(versionsOf(exhibit('2', 'en'), original)).toEqual(versionsOf(original, original)));

  it('tells two into one language apart by their numbers, and needs no language', () => {
    const one = exhibit('1', '', [translation('2', 'en'), translation('3', 'en'), translation('4', '')]);
    expect(versionsOf(one, one).map(({ label }) => label)).toEqual(['Original', 'Translation EN (E-1.2)', 'Translation EN (E-1.3)', 'Translation']);
  });

  it('is none without translations, without the original, and for what is none of them', () => {
    expect(versionsOf(exhibit('1', 'it'), exhibit('1', 'it'))).toEqual([]);
    expect(versionsOf(exhibit('2', 'en'), undefined)).toEqual([]);
    expect(versionsOf(exhibit('9', 'en'), original)).toEqual([]);
  });

  it('puts the original beside a translation and a translation beside the original', () => {
    const versions = versionsOf(original, original);
    expect(otherOf(original, versions)).toBe('2');
    expect(otherOf(exhibit('3', 'French'), versions)).toBe('1');
    expect(otherOf(original, [])).toBeNull();
  });
});
