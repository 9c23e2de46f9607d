import type { ExhibitInfo } from '@/features/evidence/queries';
import { t } from '@/text/text';

/** An original or a translation of it, under the words that one chooses it by. */
export interface Version {
  readonly id: string;
  readonly label: string;
}

/** "IT" for a code, else the word as it was entered. */
const shortName = (language: string): string => (/^[a-z]{2,3}$/iu.test(language) ? language.toUpperCase() : language);

/** The original first, then its translations; none where there is no translation, or the reader does not see what this is one of. */
export function versionsOf(of: ExhibitInfo, original: ExhibitInfo | undefined): readonly Version[] {
  const translations = original?.translations ?? [];
  if (!original || translations.length === 0 || ![original, ...translations].some(({ id }) => id === of.id)) return [];
  const named = translations.map(({ id, number, language }) => ({ id, number, label: t('viewer.translation', { language: shortName(language) }).trim() }));
  const alike = (label: string): boolean => named.filter((each) => each.label === label).length > 1;
  return [
    { id: original.id, label: t('viewer.original', { language: shortName(original.details.language) }).trim() },
    ...named.map(({ id, number, label }) => ({ id, label: alike(label) ? `${label} (${number})` : label })),
  ];
}

/** What stands beside one of them: the original beside a translation, the first translation beside the original. */
export function otherOf(of: ExhibitInfo, versions: readonly Version[]): string | null {
  const [original, first] = versions;
  return (original?.id === of.id ? first?.id : original?.id) ?? null;
}
