import { IconCheck, IconFileCertificate } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { useRight, useSpace } from '@/api/SpaceContext';
import { AgreementMenu } from '@/features/teams/agreements/AgreementMenu';
import { AmendmentList } from '@/features/teams/agreements/AmendmentList';
import { formatDate, listed } from '@/text/format';
import { t } from '@/text/text';
import { Panel } from '@/ui/Panel';
import styles from '@/features/teams/teams.module.css';

const day = 86_400_000;
/** An agreement is told to end soon in its last tenth, or its last sixty days. */
const soon = 60 * day;

function share(from: number, to: number, now: number): number {
  return Math.round(Math.max(0, Math.min(1, (now - from) / (to - from))) * 100);
}

/** How much of the agreement's time has passed, and when it must be extended. */
function Timeline({ now }: { readonly now: number }): ReactNode {
  const { agreement: { validFrom, validTo }, colour } = useSpace();
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  const at = share(from, to, now);
  const late = to - now < Math.min(soon, (to - from) / 10);
  const style = { '--edge': `var(--space-${colour})`, '--at': `${at}%` } as CSSProperties;
  const text = t('agreement.span', { from: formatDate(validFrom), to: formatDate(validTo), today: formatDate(new Date(now).toISOString()) });
  return (
    <div role="img" aria-label={text}>
      <div className={styles['line']} style={style}>
        <div className={styles['past']} />
        <div className={styles['today']}><span className={styles['todayWord']} data-edge={at > 92 ? 'end' : at < 8 ? 'start' : undefined}>{t('agreement.today')}</span></div>
      </div>
      <div className={styles['ends']}>
        <bdi>{formatDate(validFrom)}</bdi>
        <span>
          <bdi>{formatDate(validTo)}</bdi>
          {late && <span className={styles['soon']}>{t('agreement.extend', { days: Math.max(0, Math.ceil((to - now) / day)) })}</span>}
        </span>
      </div>
    </div>
  );
}

/** The agreement that opens the space: purpose, parties, time, amendments, and what its lead may do to it. */
export function AgreementPanel(): ReactNode {
  const space = useSpace();
  const manages = useRight('MANAGE_AGREEMENT');
  const { agreement } = space;
  const signed = <span className={styles['signed']}><IconCheck size={14} aria-hidden />{t('agreement.signed', { parties: listed(agreement.parties) })}</span>;
  return (
    <Panel title={t(`agreement.${agreement.state}`)} icon={<IconFileCertificate size={18} aria-hidden />}
      end={<span className={styles['actions']}>{signed}{manages && <AgreementMenu of={space} administers={false} />}</span>}>
      <p><bdi>{agreement.purpose}</bdi></p>
      <Timeline now={Date.now()} />
      <AmendmentList agreement={agreement} />
    </Panel>
  );
}
