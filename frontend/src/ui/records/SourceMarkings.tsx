import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatShare } from '@/text/format';
import { t } from '@/text/text';
import { MarkingPill } from '@/ui/Badges';
import styles from '@/ui/records/records.module.css';

interface Properties {
  readonly markings: readonly { readonly id: string; readonly name: string }[];
  /** How much of what came by the source follows its newest markings; null when all does. */
  readonly raising: number | null | undefined;
  readonly note: string;
}

/** The markings that a case or an import hands on, and how far they have come. */
export function SourceMarkings({ markings, raising, note }: Properties): ReactNode {
  if (markings.length === 0) return null;
  return (
    <div className={styles['sourceMarkings']}>
      {markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)} <span>{note}</span>
      {raising != null && <p role="status" className={styles['raising']}><IconLock size={14} aria-hidden />{t('marking.raising', { share: formatShare(raising) })}</p>}
    </div>
  );
}
