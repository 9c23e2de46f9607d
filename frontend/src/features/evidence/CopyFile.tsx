import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSpace } from '@/api/SpaceContext';
import { fileAddress, type ExhibitInfo } from '@/features/evidence/queries';
import { useCopying } from '@/features/evidence/rights';
import { t } from '@/text/text';
import { buttonClass } from '@/ui/Button';
import styles from '@/features/evidence/evidence.module.css';

/** Takes a copy of the file, for whoever may, and says where it is not the file itself; else says why not. */
export function CopyFile({ of }: { readonly of: ExhibitInfo }): ReactNode {
  const { id } = useSpace();
  const { may, why } = useCopying(of);
  if (why) return <p className={styles['second']}>{why}</p>;
  if (!may) return null;
  const copy = (label: string): ReactNode => <a className={buttonClass()} href={fileAddress(id, of.id)} download><IconDownload size={16} aria-hidden />{label}</a>;
  if (!of.file?.watermarked) return copy(t('exhibit.copy'));
  return <div>{copy(t('exhibit.copyMarked'))}<p className={styles['second']}>{t('exhibit.copyMarkedNote')}</p></div>;
}
