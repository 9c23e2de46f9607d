import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import type { Role } from '@/api/generated/graphql';
import { useAct, useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { hasRunOut } from '@/features/teams/standing';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextField } from '@/ui/Field';
import { Problem, ReadProblem } from '@/ui/States';
import styles from '@/features/teams/teams.module.css';

const Agencies = graphql(`
  query Agencies { agencies { id name country } }
`);
const People = graphql(`
  query People($space: ID!, $agency: ID!) { people(space: $space, agency: $agency) { id name function } }
`);
const Invite = graphql(`
  mutation InviteMember($space: ID!, $person: ID!, $role: Role!, $validFrom: DateTime, $validTo: DateTime, $secondedTo: ID, $key: String!) {
    inviteMember(space: $space, person: $person, role: $role, validFrom: $validFrom, validTo: $validTo, secondedTo: $secondedTo, key: $key) { id }
  }
`);
const roles: readonly Role[] = [
  'LEAD', 'PROSECUTOR', 'INVESTIGATOR', 'ANALYST', 'FINANCIAL_ANALYST', 'FORENSIC_EXAMINER', 'TRANSLATOR', 'OBSERVER', 'OVERSIGHT', 'THIRD_COUNTRY_MEMBER',
];

/** Invites somebody of an agency, in a role, until a day. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { id, members } = useSpace();
  const [agency, setAgency] = useState('');
  const [person, setPerson] = useState('');
  const [role, setRole] = useState<Role>('INVESTIGATOR');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [host, setHost] = useState('');
  const agencies = useAsk(Agencies, {});
  const people = useAsk(People, { space: id, agency }, { space: id, enabled: agency !== '' });
  const invite = useAct(Invite, () => {
    void refresh(id, ['Space', 'Activity']);
    onClose();
  });
  const send = (): void => invite.mutate({ space: id, person, role, validFrom: from ? `${from}T00:00:00Z` : null, validTo: until ? `${until}T23:59:59Z` : null, secondedTo: host || null });
  const within = new Set(members.filter((member) => member.state !== 'ENDED' && !hasRunOut(member)).map((member) => member.person.id));
  const offered = people.data?.people.filter((each) => !within.has(each.id));
  const nobody = offered?.length === 0;
  return (
    <Dialog title={t('invite.title')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!person || (host !== '' && !until) || invite.isPending}>{t('invite.submit')}</Button>
    </>}>
      {agencies.error && <ReadProblem error={agencies.error} />}
      <div className={styles['formGrid']}>
        <SelectField label={t('invite.agency')} value={agency} onChange={(value) => {
          setAgency(value);
          setPerson('');
          setHost('');
        }}>
          <option value="">{t('invite.choose')}</option>
          {agencies.data?.agencies.map((each) => <option key={each.id} value={each.id}>{`${each.country} ${each.name}`}</option>)}
        </SelectField>
        <SelectField label={t('invite.person')} value={person} onChange={setPerson} disabled={!offered || nobody} hint={nobody ? t('invite.nobody') : undefined}>
          <option value="">{t('invite.choose')}</option>
          {offered?.map((each) => <option key={each.id} value={each.id}>{`${each.name}, ${each.function}`}</option>)}
        </SelectField>
        <SelectField label={t('invite.role')} value={role} onChange={(value) => setRole(roles.find((each) => each === value) ?? role)}>
          {roles.map((each) => <option key={each} value={each}>{t(`role.${each}`)}</option>)}
        </SelectField>
        <TextField label={t('invite.from')} type="date" value={from} onChange={setFrom} hint={t('invite.fromHint')} />
        <SelectField label={t('invite.secondedTo')} value={host} onChange={setHost} disabled={agency === ''} hint={t('invite.secondedHint')} problem={problemAt(invite.error, 'secondedTo')}>
          <option value="">{t('invite.notSeconded')}</option>
          {agencies.data?.agencies.filter((each) => each.id !== agency).map((each) => <option key={each.id} value={each.id}>{`${each.country} ${each.name}`}</option>)}
        </SelectField>
        <TextField label={t('invite.until')} type="date" value={until} onChange={setUntil} required={host !== ''} hint={t(host ? 'invite.untilSeconded' : 'invite.untilHint')} problem={problemAt(invite.error, 'validTo')} />
      </div>
      <Problem error={problemBeside(invite.error, ['validTo', 'secondedTo'])} />
    </Dialog>
  );
}
