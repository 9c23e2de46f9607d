import type { ExhibitInfo } from '@/features/evidence/queries';
import { useExhibit } from '@/features/evidence/useExhibit';
import { versionsOf, type Version } from '@/features/evidence/versions/versions';

/** The original and the translations of an exhibit that is one of them, as far as the reader sees them; else none. */
export function useVersions(of: ExhibitInfo): readonly Version[] {
  const { shown: original } = useExhibit(of.derivation === 'TRANSLATION' && of.parent ? of.parent.id : of.id);
  return versionsOf(of, original);
}
