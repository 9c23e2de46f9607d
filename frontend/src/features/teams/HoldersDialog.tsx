import type { ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { graphql } from '@/api/generated/gql';
import { useAct } from '@/api/hooks';
import { useSpace, type HeldMarking, type MarkingInfo, type Member } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { CountryCode, PersonTag } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Check } from '@/ui/Field';
import { Problem } from '@/ui/States';
import styles from '@/features/teams/teams.module.css';

const ClearMember = graphql(`
  mutation ClearMember($space: ID!, $membership: ID!, $marking: ID!, $key: String!) {
    clearMember(space: $space, membership: $membership, marking: $marking, key: $key) { id clearances { id } }
  }
`);
const Withdraw = graphql(`
  mutation WithdrawClearance($space: ID!, $membership: ID!, $marking: ID!, $key: String!) {
    withdrawClearance(space: $space, membership: $membership, marking: $marking, key: $key) { id clearances { id } }
  }
`);

const holds = (member: Member, marking: MarkingInfo): boolean => (member.clearances ?? []).some(({ id }) => id === marking.id);

const ChangeMarking = graphql(`
  mutation ChangeMarking($space: ID!, $marking: ID!, $strong: Boolean, $watermark: Boolean, $key: String!) {
    changeMarking(space: $space, marking: $marking, strongSignIn: $strong, watermark: $watermark, key: $key) { strongSignIn watermark }
  }
`);

/** Whether a marking needs a strong sign-in and asks for a watermark; the authority that made it changes that, at once. */
function Asked({ of }: { readonly of: HeldMarking }): ReactNode {
  const { id } = useSpace();
  const change = useAct(ChangeMarking, () => refresh(id, ['Space', 'Activity']));
  const { marking, strongSignIn, watermark, ours } = of;
  if (!ours && !strongSignIn && !watermark) return null;
  const busy = !ours || change.isPending;
  return (
    <div className={styles['strength']}>
      <Check label={t('markings.strong')} checked={strongSignIn} disabled={busy} onChange={(strong) => change.mutate({ space: id, marking: marking.id, strong })} />
      <p className={styles['note']}>{t('markings.strongHint')}</p>
      <Check label={t('markings.watermark')} checked={watermark} disabled={busy}
        onChange={(wanted) => change.mutate({ space: id, marking: marking.id, watermark: wanted })} />
      <p className={styles['note']}>{t('markings.watermarkHint')}</p>
      {!ours && <p className={styles['note']}>{t('markings.onlyTheirs')}</p>}
      <Problem error={change.error} />
    </div>
  );
}

/** Who holds a marking; clears members for it and withdraws clearances; what the marking asks for. */
export function HoldersDialog({ marking, onClose }: { readonly marking: MarkingInfo; readonly onClose: () => void }): ReactNode {
  const space = useSpace();
  const done = (): Promise<void> => refresh(space.id, ['Space']);
  const clear = useAct(ClearMember, done);
  const withdraw = useAct(Withdraw, done);
  const busy = clear.isPending || withdraw.isPending;
  const held = space.markings.find((each) => each.marking.id === marking.id);
  const active = space.members.filter(({ state }) => state === 'ACTIVE');
  return (
    <Dialog title={t('markings.manage', { name: marking.name })} onClose={onClose} actions={<Button onClick={onClose}>{t('ui.close')}</Button>}>
      {held && <Asked of={held} />}
      <p>{t('markings.clearText')}</p>
      <Problem error={clear.error ?? withdraw.error} />
      <ul>
        {active.map((member) => {
          const { name, agency } = member.person;
          const variables = { space: space.id, membership: member.id, marking: marking.id };
          return (
            <li key={member.id} className={styles['row']}>
              <PersonTag small name={name} country={agency.country} />
              <span className={styles['grow']}><bdi>{name}</bdi> <CountryCode code={agency.country} /> <span className={styles['role']}>{t(`role.${member.role}`)}</span></span>
              {holds(member, marking)
                ? <Button small disabled={busy} onClick={() => withdraw.mutate(variables)}>{t('markings.withdrawOne', { name })}</Button>
                : <Button small disabled={busy} onClick={() => clear.mutate(variables)}>{t('markings.clearOne', { name })}</Button>}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
