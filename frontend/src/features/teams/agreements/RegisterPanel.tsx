import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState, type CSSProperties, type ReactNode } from 'react';
import { useAsk } from '@/api/hooks';
import { AgreementMenu } from '@/features/teams/agreements/AgreementMenu';
import { AppointLeadDialog, NewSpaceDialog } from '@/features/teams/agreements/NewSpaceDialog';
import { RegisterDocument, type Registered } from '@/features/teams/agreements/queries';
import { formatDate } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { MenuItem } from '@/ui/Menu';
import { Panel } from '@/ui/Panel';
import { Answer, Empty } from '@/ui/States';
import styles from '@/ui/Register.module.css';

const led = ({ leads }: Registered): boolean => leads.some(({ disabled }) => !disabled);

function Leads({ of }: { readonly of: Registered }): ReactNode {
  return (
    <>
      {of.leads.map(({ person, state, disabled }) => (
        <span key={person.id} className={styles['line']}>
          <CountryCode code={person.agency.country} /> <bdi>{person.name}</bdi>
          {disabled ? <span className={styles['warn']}> {t('register.disabled')}</span> : state === 'INVITED' && <span className={styles['quiet']}> {t('register.invited')}</span>}
        </span>
      ))}
      {!led(of) && <span className={styles['warn']}>{t('register.noLead')}</span>}
    </>
  );
}

function State({ of: { agreement } }: { readonly of: Registered }): ReactNode {
  const over = Date.parse(agreement.validTo) <= Date.now();
  const period = { parties: agreement.parties.join(' '), from: formatDate(agreement.validFrom), to: formatDate(agreement.validTo) };
  return (
    <>
      <span className={agreement.state === 'SUSPENDED' ? styles['warn'] : ''}>{t(`agreementState.${agreement.state}`)}</span>
      {agreement.state === 'IN_FORCE' && over && <span className={styles['warn']}> {t('agreement.over')}</span>}
      <span className={styles['second']}><bdi dir="ltr">{t('register.period', period)}</bdi></span>
    </>
  );
}

function Row({ of, onAppoint }: { readonly of: Registered; readonly onAppoint: (of: Registered) => void }): ReactNode {
  return (
    <tr>
      <td className={styles['edge']} style={{ '--edge': `var(--space-${of.colour})` } as CSSProperties}>
        <strong><bdi>{of.name}</bdi></strong>
        <span className={styles['second']}>{t(`spaceKind.${of.kind}`)}</span>
        <span className={styles['narrow']}><Leads of={of} /></span>
      </td>
      <td><State of={of} /></td>
      <td className={styles['wide']}><Leads of={of} /></td>
      <td className={styles['end']}>
        <AgreementMenu of={of} administers>{!led(of) && <MenuItem onSelect={() => onAppoint(of)}>{t('register.appoint')}</MenuItem>}</AgreementMenu>
      </td>
    </tr>
  );
}

/** Every space of the deployment as administrators see it: its agreement and its leads, and nothing of what it holds. */
export function RegisterPanel(): ReactNode {
  const answer = useAsk(RegisterDocument, {});
  const [creating, setCreating] = useState(false);
  const [appointing, setAppointing] = useState<Registered | null>(null);
  return (
    <Panel flush title={t('register.title')} icon={<IconUsersGroup size={18} aria-hidden />}
      end={<Button small onClick={() => setCreating(true)}><IconPlus size={14} aria-hidden />{t('register.create')}</Button>}>
      <Answer of={answer} rows={4}>
        {({ administeredSpaces: spaces }) => spaces.length === 0 ? <Empty text={t('register.empty')} /> : (
          <div className={styles['scroll']}>
            <table className={styles['table']}>
              <caption className="visually-hidden">{t('register.title')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('register.space')}</th>
                  <th scope="col">{t('register.agreement')}</th>
                  <th scope="col" className={styles['wide']}>{t('register.leads')}</th>
                  <th scope="col"><span className="visually-hidden">{t('ui.more')}</span></th>
                </tr>
              </thead>
              <tbody>{spaces.map((each) => <Row key={each.id} of={each} onAppoint={setAppointing} />)}</tbody>
            </table>
          </div>
        )}
      </Answer>
      {creating && <NewSpaceDialog onClose={() => setCreating(false)} />}
      {appointing && <AppointLeadDialog of={appointing} onClose={() => setAppointing(null)} />}
    </Panel>
  );
}
