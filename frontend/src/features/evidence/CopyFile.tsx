import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSpace } from '@/api/SpaceContext';
import { fileAddress, type ExhibitInfo } from '@/features/evidence/queries';
import { useCopying } from '@/features/evidence/rights';
import { t } from '@/text/text';
import { buttonClass } from '@/ui/Button';
import styles from '@/features/evidence/evidence.module.css';

/** Takes a copy of the file, for whoever may; else says why not. */
export function CopyFile({ of }: { readonly of: ExhibitInfo }): ReactNode {
  const { id } = useSpace();
  const { may, why } = useCopying(of);
  if (why) return <p className={styles['second']}>{why}</p>;
  return may && <a className={buttonClass()} href={fileAddress(id, of.id)} download><IconDownload size={16} aria-hidden />{t('exhibit.copy')}</a>;
}
