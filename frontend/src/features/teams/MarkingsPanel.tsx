import { IconLock } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useRight, useSpace, type MarkingInfo } from '@/api/SpaceContext';
import { HoldersDialog } from '@/features/teams/HoldersDialog';
import { NewMarkingDialog } from '@/features/teams/NewMarkingDialog';
import { t } from '@/text/text';
import { MarkingPill } from '@/ui/Badges';
import { LinkButton } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import styles from '@/features/teams/teams.module.css';

/** The markings that the reader holds, and no others; who holds them, for those who may clear. */
export function MarkingsPanel(): ReactNode {
  const { markings } = useSpace();
  const mayClear = useRight('CLEAR');
  const mayCreate = useRight('MARK') && mayClear;
  const [creating, setCreating] = useState(false);
  const [managed, setManaged] = useState<MarkingInfo | null>(null);
  return (
    <Panel flush title={t('markings.title')} icon={<IconLock size={18} aria-hidden />} foot={t('markings.foot')}
      end={mayCreate && <LinkButton onClick={() => setCreating(true)}>{t('markings.create')}</LinkButton>}>
      {markings.length === 0 && <p className={styles['row']}>{t('markings.empty')}</p>}
      {markings.map(({ marking, countries, holders, strongSignIn, watermark }) => (
        <div key={marking.id} className={styles['markingRow']}>
          <span>
            <MarkingPill name={marking.name} />
            {strongSignIn && <small className={styles['note']}> {t('markings.strongShort')}</small>}
            {watermark && <small className={styles['note']}> {t('markings.watermarkShort')}</small>}
          </span>
          <bdi dir="ltr" className={styles['codes']}>{countries.join(' ')}</bdi>
          {mayClear
            ? <LinkButton onClick={() => setManaged(marking)}>
                {holders != null ? t('markings.holders', { count: holders }) : t('markings.manageOpen')}
                <span className="visually-hidden"> {t('markings.manage', { name: marking.name })}</span>
              </LinkButton>
            : <span />}
        </div>
      ))}
      {creating && <NewMarkingDialog onClose={() => setCreating(false)} />}
      {managed && <HoldersDialog marking={managed} onClose={() => setManaged(null)} />}
    </Panel>
  );
}
