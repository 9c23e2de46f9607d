import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { graphql } from '@/api/generated/gql';
import type { InvitationsQuery } from '@/api/generated/graphql';
import { useAct, useAsk } from '@/api/hooks';
import { hasRunOut } from '@/features/teams/standing';
import { formatDate } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import styles from '@/features/teams/teams.module.css';

const Invitations = graphql(`
  query Invitations { invitations { membership spaceName role state validFrom validTo secondedTo purpose } }
`);
const Accept = graphql(`
  mutation AcceptInvitation($membership: ID!, $key: String!) { acceptInvitation(membership: $membership, key: $key) { id } }
`);
const Decline = graphql(`
  mutation DeclineInvitation($membership: ID!, $key: String!) { declineInvitation(membership: $membership, key: $key) }
`);
const lookEvery = 30_000;

type Invitation = InvitationsQuery['invitations'][number];

/** Says what declining means before it is done. */
function DeclineDialog({ of, onClose }: { readonly of: Invitation; readonly onClose: () => void }): ReactNode {
  const decline = useAct(Decline, async () => {
    await refresh('own');
    onClose();
  });
  return (
    <Dialog title={t('invitations.declineTitle', { space: of.spaceName })} onClose={onClose} onSubmit={() => decline.mutate({ membership: of.membership })}
      actions={<>
        <Button onClick={onClose}>{t('ui.keep')}</Button>
        <Button type="submit" look="danger" disabled={decline.isPending}>{t('invitations.declineSubmit')}</Button>
      </>}>
      <p>{t('invitations.declineText')}</p>
      <Problem error={decline.error} />
    </Dialog>
  );
}

/** Until when, from when, or that it ran out. */
function times({ role, state, validFrom, validTo }: Invitation): string {
  if (state === 'ACTIVE') return t('invitations.begins', { date: formatDate(validFrom) });
  if (validTo && hasRunOut({ validTo })) return t('invitations.ranOut', { date: formatDate(validTo) });
  const said = { role: t(`role.${role}`), from: formatDate(validFrom) };
  return validTo ? t('invitations.until', { ...said, to: formatDate(validTo) }) : t('invitations.as', said);
}

/** Invitations that wait for an answer, that ran out, or that begin later; nothing when there are none. */
export function InvitationsPanel(): ReactNode {
  const { data } = useAsk(Invitations, {}, { every: lookEvery });
  const [waits, setWaits] = useState<readonly string[]>([]);
  const [declining, setDeclining] = useState<Invitation | null>(null);
  const accept = useAct(Accept, () => refresh('own'));
  const remove = useAct(Decline, () => refresh('own'));
  const send = ({ membership, spaceName, validFrom }: Invitation): void => accept.mutate({ membership }, {
    // One that begins later stays in the list and says so itself.
    onSuccess: ({ acceptInvitation: opened }) => setWaits((names) => (opened || Date.parse(validFrom) > Date.now() ? names : [...names, spaceName])),
  });
  if (!data || (data.invitations.length === 0 && waits.length === 0)) return null;
  return (
    <Panel title={t('invitations.title')} end={data.invitations.length} flush>
      <Problem error={accept.error ?? remove.error} />
      {waits.map((space) => <p key={space} role="status" className={styles['row']}>{t('invitations.waits', { space })}</p>)}
      {data.invitations.map((each) => (
        <div key={each.membership} className={styles['row']}>
          <div className={styles['grow']}>
            <strong><bdi>{each.spaceName}</bdi></strong><br />
            <span className={styles['second']}><bdi>{each.purpose}</bdi></span><br />
            {each.secondedTo && <><span className={styles['second']}>{t('members.seconded', { agency: each.secondedTo })}</span><br /></>}
            <span className={styles['xs']}>{times(each)}</span>
          </div>
          {each.state === 'INVITED' && (hasRunOut(each)
            ? <Button disabled={remove.isPending} onClick={() => remove.mutate({ membership: each.membership })}>{t('invitations.remove')}</Button>
            : <span className={styles['answers']}>
              <Button onClick={() => setDeclining(each)}>{t('invitations.decline')}</Button>
              <Button look="primary" disabled={accept.isPending} onClick={() => send(each)}>{t('invitations.accept')}</Button>
            </span>)}
        </div>
      ))}
      {declining && <DeclineDialog of={declining} onClose={() => setDeclining(null)} />}
    </Panel>
  );
}
