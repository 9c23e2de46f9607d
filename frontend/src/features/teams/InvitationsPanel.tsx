import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { graphql } from '@/api/generated/gql';
import { useAct, useAsk } from '@/api/hooks';
import { formatDate } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import styles from '@/features/teams/teams.module.css';

const Invitations = graphql(`
  query Invitations { invitations { membership spaceName role validFrom validTo purpose } }
`);
const Accept = graphql(`
  mutation AcceptInvitation($membership: ID!, $key: String!) { acceptInvitation(membership: $membership, key: $key) { id } }
`);
const lookEvery = 30_000;

/** Invitations that wait for an answer; nothing when there are none. */
export function InvitationsPanel(): ReactNode {
  const { data } = useAsk(Invitations, {}, { every: lookEvery });
  const [waits, setWaits] = useState<readonly string[]>([]);
  const accept = useAct(Accept, () => refresh('own'));
  const send = (membership: string, space: string): void => accept.mutate({ membership }, {
    onSuccess: ({ acceptInvitation: opened }) => setWaits((names) => (opened ? names : [...names, space])),
  });
  if (!data || (data.invitations.length === 0 && waits.length === 0)) return null;
  return (
    <Panel title={t('invitations.title')} end={data.invitations.length} flush>
      <Problem error={accept.error} />
      {waits.map((space) => <p key={space} role="status" className={styles['row']}>{t('invitations.waits', { space })}</p>)}
      {data.invitations.map(({ membership, spaceName, role, validFrom, validTo, purpose }) => (
        <div key={membership} className={styles['row']}>
          <div className={styles['grow']}>
            <strong><bdi>{spaceName}</bdi></strong><br />
            <span className={styles['second']}><bdi>{purpose}</bdi></span><br />
            <span className={styles['xs']}>{validTo
              ? t('invitations.until', { role: t(`role.${role}`), from: formatDate(validFrom), to: formatDate(validTo) })
              : t('invitations.as', { role: t(`role.${role}`), from: formatDate(validFrom) })}</span>
          </div>
          <Button look="primary" disabled={accept.isPending} onClick={() => send(membership, spaceName)}>{t('invitations.accept')}</Button>
        </div>
      ))}
    </Panel>
  );
}
