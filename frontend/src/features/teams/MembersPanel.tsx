import { IconDots, IconUsers } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useMe } from '@/api/session';
import { useRight, useSpace, type Member } from '@/api/SpaceContext';
import { EndMembershipDialog } from '@/features/teams/EndMembershipDialog';
import { HandOverDialog, mayTakeLead } from '@/features/teams/HandOverDialog';
import { InviteDialog } from '@/features/teams/InviteDialog';
import { isWithin, roleLine } from '@/features/teams/standing';
import { usePresence } from '@/live/hooks';
import { countryName } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode, PersonTag, Pill } from '@/ui/Badges';
import { IconButton, LinkButton } from '@/ui/Button';
import { Menu, MenuItem } from '@/ui/Menu';
import { Panel } from '@/ui/Panel';
import styles from '@/features/teams/teams.module.css';

interface RowProperties {
  readonly member: Member;
  readonly here: boolean;
  readonly onEnd: ((member: Member) => void) | null;
  readonly onHandOver: ((member: Member) => void) | null;
}

function MemberRow({ member, here, onEnd, onHandOver }: RowProperties): ReactNode {
  const { name, agency } = member.person;
  const line = roleLine(member);
  return (
    <li className={styles['member']} title={agency.name}>
      <PersonTag small name={name} country={agency.country} here={here} />
      <div>
        <bdi>{name}</bdi>
        <span className={`${styles['role'] ?? ''} ${line.late ? (styles['soon'] ?? '') : ''}`}>{line.text}</span>
        {member.secondedTo && <span className={styles['role']}>{t('members.seconded', { agency: `${member.secondedTo.name} (${member.secondedTo.country})` })}</span>}
        {here && <span className="visually-hidden">{t('members.here', { name })}</span>}
      </div>
      {onEnd && (
        <Menu align="end" trigger={<IconButton small label={t('members.actions', { name })} icon={<IconDots size={16} aria-hidden />} />}>
          {onHandOver && <MenuItem onSelect={() => onHandOver(member)}>{t('members.handOver')}</MenuItem>}
          <MenuItem danger onSelect={() => onEnd(member)}>{t(member.state === 'INVITED' ? 'members.withdrawInvitation' : 'members.end')}</MenuItem>
        </Menu>
      )}
    </li>
  );
}

/** Members by country in order of joining; a dot says who is here now. */
export function MembersPanel(): ReactNode {
  const { id, members, countries, thirdCountries, myRole } = useSpace();
  const me = useMe();
  const present = usePresence(id);
  const mayInvite = useRight('INVITE');
  const manages = useRight('MANAGE_MEMBERS');
  const [inviting, setInviting] = useState(false);
  const [ending, setEnding] = useState<Member | null>(null);
  const [taking, setTaking] = useState<Member | null>(null);
  const shown = members.filter(({ state }) => state !== 'ENDED');
  const active = shown.filter((member) => isWithin(member)).length;
  const of = (country: string): readonly Member[] => shown.filter(({ person }) => person.agency.country === country);
  const all = [...new Set([...countries, ...shown.map(({ person }) => person.agency.country)])];
  const here = (person: string): boolean => person === me.id || present.some((each) => each.id === person);
  return (
    <Panel flush title={t('members.title', { count: active })} icon={<IconUsers size={18} aria-hidden />}
      end={mayInvite && <LinkButton onClick={() => setInviting(true)}>{t('members.invite')}</LinkButton>}>
      {all.filter((country) => of(country).length > 0).map((country) => (
        <section key={country} className={styles['countryGroup']} aria-label={countryName(country)}>
          <h3 className={styles['country']}>
            <CountryCode code={country} /><span>{countryName(country)}</span>
            {thirdCountries.includes(country) && <Pill>{t('members.third')}</Pill>}
            <span>{of(country).length}</span>
          </h3>
          <ul className={styles['members']}>
            {of(country).map((member) => (
              <MemberRow key={member.id} member={member} here={here(member.person.id)} onEnd={manages ? setEnding : null}
                onHandOver={manages && myRole === 'LEAD' && mayTakeLead(member) && isWithin(member) ? setTaking : null} />
            ))}
          </ul>
        </section>
      ))}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {taking && <HandOverDialog member={taking} onClose={() => setTaking(null)} />}
      {ending && <EndMembershipDialog member={ending} onClose={() => setEnding(null)} />}
    </Panel>
  );
}
