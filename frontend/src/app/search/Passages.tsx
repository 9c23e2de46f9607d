import { IconFileText } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Passage } from '@/features/evidence/passages';
import { t } from '@/text/text';
import { Altered } from '@/ui/facts/Altered';
import styles from '@/app/search/SearchPalette.module.css';

export const passageId = ({ exhibit, locator }: Passage): string => `passage-${exhibit.id}-${locator.replaceAll(' ', '-')}`;

interface Properties {
  readonly passages: readonly Passage[];
  readonly current: string | undefined;
  readonly onOpen: (passage: Passage) => void;
}

/** What stands in documents: number, title, page and line of the exhibit, and the words around. */
export function Passages({ passages, current, onOpen }: Properties): ReactNode {
  return passages.length > 0 && (
    <div role="group" aria-label={t('search.documents')}>
      <div className={styles['group']} aria-hidden>{t('search.documents')}</div>
      {passages.map((passage) => (
        // As for the hits: the input keeps the focus and the keys.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div key={passageId(passage)} id={passageId(passage)} role="option" tabIndex={-1} aria-selected={passageId(passage) === current} className={styles['hit']} onClick={() => onOpen(passage)}>
          <IconFileText size={22} stroke={1.6} aria-hidden />
          <div>
            <bdi className={styles['caption']}>{passage.exhibit.title}</bdi>
            <bdi className={styles['hint']}>{passage.excerpt}</bdi>
          </div>
          <bdi dir="ltr" className={styles['place']}>{passage.exhibit.number} {passage.locator}</bdi>
          <Altered at={passage.alteredAt} />
        </div>
      ))}
    </div>
  );
}
