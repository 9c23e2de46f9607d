import type { ReactNode } from 'react';
import { AccountMenu } from '@/app/AccountMenu';
import { Strips } from '@/app/Strips';
import { t } from '@/text/text';
import styles from '@/app/frame.module.css';
import bar from '@/app/topbar.module.css';

/** The frame of pages outside of a space. */
export function PlainFrame({ demo, children }: { readonly demo: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <div className={`${styles['frame'] ?? ''} ${styles['plain'] ?? ''}`}>
      <header className={bar['top']}>
        <span className={bar['name']}>{t('app.name')}</span>
        <span className={bar['stretch']} />
        <AccountMenu />
      </header>
      <Strips demo={demo} />
      <main className={styles['main']}>{children}</main>
    </div>
  );
}
