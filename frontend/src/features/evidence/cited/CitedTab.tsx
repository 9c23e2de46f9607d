import type { ReactNode } from 'react';
import { useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { CitationRow } from '@/features/evidence/cited/CitationRow';
import { CitationsDocument, citingKinds } from '@/features/evidence/court/queries';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { Answer } from '@/ui/States';
import styles from '@/features/evidence/court/court.module.css';

/** The records that cite an exhibit, of those that the reader sees: of what, where in it, and whether they stand. */
export function CitedTab({ of }: { readonly of: ExhibitInfo }): ReactNode {
  const { id } = useSpace();
  const answer = useAsk(CitationsDocument, { space: id, exhibit: of.id }, { space: id });
  useRefreshOn(id, ['ExhibitCitations', 'ExhibitShown'], ({ kind }) => citingKinds.has(kind));
  return (
    <Answer of={answer} rows={4}>
      {({ citations }) => citations.length === 0
        ? <p className={styles['quiet']}>{t('exhibit.notCited')}</p>
        : <ul className={styles['list']} aria-label={t('cited.list')}>{citations.map((each) => <CitationRow key={each.record} of={each} exhibit={of.id} />)}</ul>}
    </Answer>
  );
}
