import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import styles from '@/ui/facts/facts.module.css';

/** That the file of a source is altered, and since when that is known; nothing of one that is not. */
export function Altered({ at }: { readonly at: string | null | undefined }): ReactNode {
  return at && <span className={styles['altered']} title={formatMoment(at)}><IconAlertTriangle size={14} aria-hidden />{t('source.altered')}</span>;
}
