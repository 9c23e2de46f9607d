import { IconBug } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ExhibitInfo, ExhibitRow } from '@/features/evidence/queries';
import { formatMoment } from '@/text/format';
import { serverText } from '@/text/server';
import { t } from '@/text/text';
import styles from '@/features/evidence/evidence.module.css';

/** What a virus scanner said of a file; of one that was not scanned, why not. */
export function ScanLine({ scan: { state, found, problem, at } }: Pick<NonNullable<ExhibitInfo['file']>, 'scan'>): ReactNode {
  if (state === 'FAILED') return <span className={styles['second']}>{serverText(problem)}</span>;
  return <span className={styles[state === 'INFECTED' ? 'alertMark' : 'second']}>{t(`scan.${state}`, { found, at: at ? formatMoment(at) : '' })}</span>;
}

/** Beside an exhibit in the list: that its file is dangerous to open. */
export function DangerMark({ file }: { readonly file: ExhibitRow['file'] | undefined }): ReactNode {
  if (file?.scan.state === 'INFECTED') return <span className={styles['alertMark']}><IconBug size={14} aria-hidden />{t('scan.infected')}</span>;
  return file?.archiveProblem && <span className={styles['alertMark']}><IconBug size={14} aria-hidden />{t('archive.mark')}</span>;
}
