import { IconFileCertificate } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { useSpace } from '@/api/SpaceContext';
import { formatDate } from '@/text/format';
import { t } from '@/text/text';
import { Panel } from '@/ui/Panel';
import styles from '@/features/teams/teams.module.css';

function share(from: string, to: string, now: number): number {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return Math.round(Math.max(0, Math.min(1, (now - start) / (end - start))) * 100);
}

/** The agreement that opens the space: purpose, parties, and how much of its time has passed. */
export function AgreementPanel(): ReactNode {
  const { agreement, colour } = useSpace();
  const { validFrom, validTo } = agreement;
  const style = { '--edge': `var(--space-${colour})`, '--at': `${share(validFrom, validTo, Date.now())}%` } as CSSProperties;
  const today = new Date().toISOString();
  return (
    <Panel title={t(`agreement.${agreement.state}`)} icon={<IconFileCertificate size={18} aria-hidden />}
      end={t('agreement.parties', { parties: agreement.parties.join(', ') })}>
      <p><bdi>{agreement.purpose}</bdi></p>
      <div role="img" aria-label={t('agreement.span', { from: formatDate(validFrom), to: formatDate(validTo), today: formatDate(today) })}>
        <div className={styles['line']} style={style}>
          <div className={styles['past']} />
          <div className={styles['today']}><span className={styles['todayWord']}>{t('agreement.today')}</span></div>
        </div>
        <div className={styles['ends']}><bdi dir="ltr">{formatDate(validFrom)}</bdi><bdi dir="ltr">{formatDate(validTo)}</bdi></div>
      </div>
    </Panel>
  );
}
