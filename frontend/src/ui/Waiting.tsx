import { IconCloudUp } from '@tabler/icons-react';
import { useIsMutating } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useConnection } from '@/api/connection';
import { t } from '@/text/text';
import styles from '@/ui/Dialog.module.css';

/** Says beside the buttons that a change has not gone out yet, and why. */
export function Waiting(): ReactNode {
  const { offlineSince, restartingSince } = useConnection();
  const sending = useIsMutating();
  if (sending === 0 || !(offlineSince ?? restartingSince)) return null;
  return <span className={styles['waiting']} role="status"><IconCloudUp size={16} aria-hidden />{t('state.waits')}</span>;
}
