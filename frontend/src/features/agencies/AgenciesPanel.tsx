import { IconBuildingBank, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useAsk } from '@/api/hooks';
import { AgencyDialog } from '@/features/agencies/AgencyDialog';
import { AgencyRegister, type AgencyInfo } from '@/features/agencies/queries';
import { formatList, languageName } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode } from '@/ui/Badges';
import { Button, IconButton } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { Answer, Empty } from '@/ui/States';
import styles from '@/ui/Register.module.css';

function Row({ agency, onEdit }: { readonly agency: AgencyInfo; readonly onEdit: (agency: AgencyInfo) => void }): ReactNode {
  return (
    <tr>
      <td><CountryCode code={agency.country} /></td>
      <td><bdi>{agency.name}</bdi><span className={`${styles['second'] ?? ''} ${styles['narrow'] ?? ''}`}>{t(`agencyType.${agency.type}`)}</span></td>
      <td className={styles['wide']}>{t(`agencyType.${agency.type}`)}</td>
      <td className={styles['wide']}>{formatList(agency.languages.map(languageName))}</td>
      <td className={styles['end']}><IconButton small label={`${t('agency.edit')}: ${agency.name}`} icon={<IconPencil size={16} aria-hidden />} onClick={() => onEdit(agency)} /></td>
    </tr>
  );
}

/** Every agency of the deployment, by country and name. */
export function AgenciesPanel(): ReactNode {
  const answer = useAsk(AgencyRegister, {});
  const [open, setOpen] = useState<AgencyInfo | 'new' | null>(null);
  const create = <Button small onClick={() => setOpen('new')}><IconPlus size={14} aria-hidden />{t('agency.create')}</Button>;
  return (
    <Panel flush title={t('admin.agencies')} icon={<IconBuildingBank size={18} aria-hidden />} end={create}>
      <Answer of={answer} rows={5}>
        {({ agencies }) => agencies.length === 0 ? <Empty text={t('agency.empty')} /> : (
          <div className={styles['scroll']}>
            <table className={styles['table']}>
              <caption className="visually-hidden">{t('admin.agencies')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('admin.country')}</th>
                  <th scope="col">{t('admin.name')}</th>
                  <th scope="col" className={styles['wide']}>{t('agency.type')}</th>
                  <th scope="col" className={styles['wide']}>{t('admin.languages')}</th>
                  <th scope="col"><span className="visually-hidden">{t('ui.more')}</span></th>
                </tr>
              </thead>
              <tbody>{agencies.map((agency) => <Row key={agency.id} agency={agency} onEdit={setOpen} />)}</tbody>
            </table>
          </div>
        )}
      </Answer>
      {open && <AgencyDialog of={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Panel>
  );
}
