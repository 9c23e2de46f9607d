import { useMe } from '@/api/session';
import { useRight } from '@/api/SpaceContext';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { t } from '@/text/text';

const marked: ReadonlySet<string> = new Set(['pdf', 'image']);
const kept: ReadonlySet<string> = new Set(['H2', 'H3']);

/** Whether the reader may take a copy of the file; where they may not, why, as far as it is not their role. */
export function useCopying({ file, handling, authority }: ExhibitInfo): { readonly may: boolean; readonly why: string | null } {
  const exports = useRight('EXPORT');
  const me = useMe();
  if (file?.watermarked && !marked.has(file.family)) return { may: false, why: t('exhibit.copyUnmarked') };
  if (!file || !exports) return { may: false, why: null };
  if (file.scan.state === 'INFECTED') return { may: false, why: t('scan.INFECTED', { found: file.scan.found }) };
  const blocked = kept.has(handling) && authority.id !== me.agency.id;
  return blocked ? { may: false, why: t('exhibit.noCopy', { code: handling }) } : { may: true, why: null };
}
