import { useEffect, type ReactNode } from 'react';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import styles from '@/features/auth/SignIn.module.css';

/** Where a window that came back from an agency tells the one that opened it. */
export const confirmations = 'joinder-confirmations';

/** The end of a strong sign-in in a window of its own: says so to the page that waits, and closes. */
export function ConfirmedPage(): ReactNode {
  const refused = new URLSearchParams(location.search).has('refused');
  useEffect(() => {
    const channel = new BroadcastChannel(confirmations);
    channel.postMessage(refused ? 'refused' : 'confirmed');
    channel.close();
    if (!refused) window.close();
  }, [refused]);
  return (
    <main className={styles['page']}>
      <Panel title={t(refused ? 'strong.title' : 'confirmed.title')}>
        <div className={styles['form']}>
          <p role={refused ? 'alert' : 'status'}>{t(refused ? 'strong.refused' : 'confirmed.text')}</p>
          <Button onClick={() => window.close()}>{t('confirmed.close')}</Button>
        </div>
      </Panel>
    </main>
  );
}
