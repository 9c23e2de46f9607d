import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { buttonClass } from '@/ui/Button';
import styles from '@/app/frame.module.css';

export interface EndedMembership {
  readonly space: string;
  readonly at: string;
  readonly lead: { readonly name: string; readonly country: string } | null;
}

/** All that is left on screen of a space whose membership ended. */
export function EndedPage({ membership }: { readonly membership: EndedMembership }): ReactNode {
  const { space, at, lead } = membership;
  useEffect(() => {
    document.title = t('app.name');
  }, []);
  return (
    <main className={styles['ended']}>
      <div role="alert" className={styles['endedText']}>
        <h1>{t('ended.title', { space, when: formatMoment(at) })}</h1>
        <p>{lead ? t('ended.ask', lead) : t('ended.noLead')}</p>
        <p>{t('ended.agreement')}</p>
      </div>
      <Link to="/" className={buttonClass()}>{t('ended.action')}</Link>
    </main>
  );
}
