import { IconFlask, IconPlugConnectedX, IconRefreshAlert } from '@tabler/icons-react';
import { useIsMutating } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useConnection } from '@/api/connection';
import { formatLocalClock } from '@/text/format';
import { t } from '@/text/text';
import { useNow } from '@/ui/ChangeLine';
import styles from '@/app/frame.module.css';

/** After this long, in milliseconds, a restart is told in a strip and no longer only in the status bar. */
const patience = 20_000;

/** What concerns the whole page: the demonstration, a lost line, a restart that takes long. */
export function Strips({ demo }: { readonly demo: boolean }): ReactNode {
  const { offlineSince, restartingSince } = useConnection();
  const waiting = useIsMutating();
  const now = useNow(restartingSince !== null);
  return (
    <div className={styles['strips']} role="status">
      {demo && <div className={`${styles['strip'] ?? ''} ${styles['demo'] ?? ''}`}><IconFlask size={14} aria-hidden />{t('strip.demo')}</div>}
      {offlineSince && (
        <div className={styles['strip']}>
          <IconPlugConnectedX size={16} aria-hidden />
          <span><strong>{t('strip.offline', { time: formatLocalClock(offlineSince) })}</strong> {waiting > 0 && t('strip.waiting', { count: waiting })}</span>
        </div>
      )}
      {restartingSince && now - restartingSince.getTime() > patience && (
        <div className={styles['strip']}><IconRefreshAlert size={16} aria-hidden />{t('strip.restarting')}</div>
      )}
    </div>
  );
}
