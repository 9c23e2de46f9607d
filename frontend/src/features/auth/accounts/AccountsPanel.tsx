import { IconDots, IconPlus, IconUsers } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useAsk } from '@/api/hooks';
import { useMe } from '@/api/session';
import { AppointDialog, DisableDialog, EndSessionsDialog, NewCodeDialog, ResetFactorDialog } from '@/features/auth/accounts/AccountDialogs';
import { EditPersonDialog, NewPersonDialog } from '@/features/auth/accounts/PersonDialog';
import { AccountsDocument, type AccountInfo, type Issued } from '@/features/auth/accounts/queries';
import { SetUpDialog } from '@/features/auth/accounts/SetUpDialog';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode, Pill } from '@/ui/Badges';
import { Button, IconButton } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { Menu, MenuItem, MenuLine } from '@/ui/Menu';
import { Panel } from '@/ui/Panel';
import { Answer, Empty } from '@/ui/States';
import styles from '@/ui/Register.module.css';

type Task = 'edit' | 'code' | 'factor' | 'sessions' | 'appoint' | 'disable';
type Open = { readonly task: Task; readonly of: AccountInfo } | { readonly task: 'new' } | { readonly task: 'issued'; readonly issued: Issued };

function State({ of }: { readonly of: AccountInfo }): ReactNode {
  const code = of.setUpUntil ? t('person.codeUntil', { until: formatMoment(of.setUpUntil) }) : null;
  return (
    <>
      <span className={of.state === 'DISABLED' ? styles['warn'] : ''}>{t(`personState.${of.state}`)}</span>
      {of.state !== 'DISABLED' && (code ?? (of.state === 'WAITING' && t('person.codeNone'))) &&
        <span className={styles['second']}>{code ?? t('person.codeNone')}</span>}
    </>
  );
}

function Row({ of, onTask }: { readonly of: AccountInfo; readonly onTask: (task: Task, of: AccountInfo) => void }): ReactNode {
  const { name, function: said, agency } = of.person;
  const everywhere = useMe().administrator;
  // An agency alone sets no account up anew that was opened, but where a second factor stays asked for.
  const alone = everywhere || of.state === 'WAITING' || of.secondFactor;
  return (
    <tr>
      <td>
        <bdi>{name}</bdi> {of.administrator && <Pill>{t('person.administrator')}</Pill>} {of.agencyAdministrator && <Pill>{t('person.agencyAdministrator')}</Pill>} {of.secondFactor && <Pill>{t('person.secondFactor')}</Pill>}
        <span className={styles['second']}><bdi>{said}</bdi></span>
        <span className={`${styles['second'] ?? ''} ${styles['narrow'] ?? ''}`}><CountryCode code={agency.country} /> <bdi>{agency.name}</bdi></span>
      </td>
      <td className={styles['wide']}><CountryCode code={agency.country} /> <bdi>{agency.name}</bdi></td>
      <td className={styles['wide']}><bdi dir="ltr" className={styles['mono']}>{of.login}</bdi></td>
      <td><State of={of} /></td>
      <td className={styles['end']}>
        <Menu align="end" trigger={<IconButton small label={t('admin.actions', { name })} icon={<IconDots size={16} aria-hidden />} />}>
          <MenuItem onSelect={() => onTask('edit', of)}>{t('person.edit')}</MenuItem>
          {of.state !== 'DISABLED' && alone && <MenuItem onSelect={() => onTask('code', of)}>{t('person.newCode')}</MenuItem>}
          {everywhere && of.secondFactor && <MenuItem onSelect={() => onTask('factor', of)}>{t('person.resetFactor')}</MenuItem>}
          {of.state !== 'DISABLED' && <MenuItem onSelect={() => onTask('sessions', of)}>{t('person.endSessions')}</MenuItem>}
          {everywhere && <MenuItem onSelect={() => onTask('appoint', of)}>{t(of.agencyAdministrator ? 'person.dismiss' : 'person.appoint')}</MenuItem>}
          <MenuLine />
          <MenuItem danger={of.state !== 'DISABLED'} onSelect={() => onTask('disable', of)}>{t(of.state === 'DISABLED' ? 'person.enable' : 'person.disable')}</MenuItem>
        </Menu>
      </td>
    </tr>
  );
}

function Rows({ accounts, onTask }: { readonly accounts: readonly AccountInfo[]; readonly onTask: (task: Task, of: AccountInfo) => void }): ReactNode {
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('admin.people')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.name')}</th>
            <th scope="col" className={styles['wide']}>{t('person.agency')}</th>
            <th scope="col" className={styles['wide']}>{t('person.login')}</th>
            <th scope="col">{t('person.state')}</th>
            <th scope="col"><span className="visually-hidden">{t('ui.more')}</span></th>
          </tr>
        </thead>
        <tbody>{accounts.map((of) => <Row key={of.person.id} of={of} onTask={onTask} />)}</tbody>
      </table>
    </div>
  );
}

const matches = ({ login, person }: AccountInfo, text: string): boolean =>
  [login, person.name, person.function, person.agency.name].some((part) => part.toLowerCase().includes(text.toLowerCase()));

/** The accounts that the reader manages, by agency and name. */
export function AccountsPanel(): ReactNode {
  const everywhere = useMe().administrator;
  const answer = useAsk(AccountsDocument, {});
  const [text, setText] = useState('');
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const issued = (made: Issued): void => setOpen({ task: 'issued', issued: made });
  return (
    <Panel flush title={t('admin.people')} icon={<IconUsers size={18} aria-hidden />}
      end={<Button small onClick={() => setOpen({ task: 'new' })}><IconPlus size={14} aria-hidden />{t('person.create')}</Button>}>
      <Answer of={answer} rows={5}>
        {({ accounts }) => {
          const found = accounts.filter((each) => matches(each, text.trim()));
          return (
            <>
              {accounts.length > 1 && <div className={styles['tools']}><TextField type="search" label={t('person.find')} value={text} onChange={setText} /></div>}
              {found.length > 0 && <Rows accounts={found} onTask={(task, of) => setOpen({ task, of })} />}
              {found.length === 0 && <Empty text={t('person.none', { text })} />}
              {accounts.length === 1 && <Empty text={t(everywhere ? 'person.empty' : 'person.emptyAgency')} />}
            </>
          );
        }}
      </Answer>
      {open?.task === 'new' && <NewPersonDialog onClose={close} onIssued={issued} />}
      {open?.task === 'edit' && <EditPersonDialog of={open.of} onClose={close} />}
      {open?.task === 'code' && <NewCodeDialog of={open.of} onClose={close} onIssued={issued} />}
      {open?.task === 'factor' && <ResetFactorDialog of={open.of} onClose={close} />}
      {open?.task === 'sessions' && <EndSessionsDialog of={open.of} onClose={close} />}
      {open?.task === 'appoint' && <AppointDialog of={open.of} onClose={close} />}
      {open?.task === 'disable' && <DisableDialog of={open.of} onClose={close} />}
      {open?.task === 'issued' && <SetUpDialog issued={open.issued} onClose={close} />}
    </Panel>
  );
}
