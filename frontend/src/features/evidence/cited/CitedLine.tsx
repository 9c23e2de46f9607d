import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CitationRow } from '@/features/evidence/cited/CitationRow';
import { CitedTag } from '@/features/evidence/cited/CitedTag';
import type { CitedPlace } from '@/features/evidence/cited/places';
import type { Cited } from '@/features/evidence/cited/useCited';
import { formatPlace } from '@/features/evidence/locator';
import { t, type TextKey } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { ReadProblem } from '@/ui/States';
import court from '@/features/evidence/court/court.module.css';
import styles from '@/features/evidence/cited/cited.module.css';

interface Properties {
  readonly cited: Cited;
  /** Those of its places that have no tag elsewhere. */
  readonly places: readonly CitedPlace[];
  /** Whether it stands under the page, and not over it. */
  readonly under?: boolean;
  readonly words?: Extract<TextKey, 'cited.onPage' | 'cited.inRecording'>;
}

/** The words over what is cited, and the tags that stand beside nothing: those of the page, or all where a page has no margin. */
export function CitedLine({ cited, places, under = false, words = 'cited.onPage' }: Properties): ReactNode {
  if (cited.error) return <ReadProblem error={cited.error} onRetry={cited.retry} />;
  if (cited.places.length === 0) return null;
  return (
    <div className={styles['line']} data-under={under || undefined} role="group" aria-label={t(words)}>
      <span className={styles['words']}>{t(words)}</span>
      {places.map((each) => <CitedTag key={each.key} of={each} cited={cited} beside={false} />)}
    </div>
  );
}

/** The records that cite the place whose tag was pressed. */
export function CitedHere({ cited: { open, onOpen } }: Pick<Properties, 'cited'>): ReactNode {
  if (!open) return null;
  const title = t('cited.at', { place: formatPlace(open.place) });
  return (
    <section className={styles['here']} aria-label={title}>
      <header className={styles['head']}>
        <h2>{title}</h2>
        <IconButton small label={t('ui.close')} icon={<IconX size={16} aria-hidden />} onClick={() => onOpen(null)} />
      </header>
      <ul className={court['list']}>{open.records.map((each) => <CitationRow key={each.record} of={each} />)}</ul>
    </section>
  );
}
