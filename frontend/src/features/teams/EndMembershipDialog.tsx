import type { ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { graphql } from '@/api/generated/gql';
import { useAct } from '@/api/hooks';
import { useSpace, type Member } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Problem } from '@/ui/States';

const EndMembership = graphql(`
  mutation EndMembership($space: ID!, $membership: ID!, $key: String!) {
    endMembership(space: $space, membership: $membership, key: $key)
  }
`);

/** Says what is lost and what stays before a membership ends or an invitation is withdrawn. */
export function EndMembershipDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }): ReactNode {
  const space = useSpace();
  const end = useAct(EndMembership, () => {
    void refresh(space.id, ['Space', 'Activity']);
    onClose();
  });
  const { name } = member.person;
  const invited = member.state === 'INVITED';
  return (
    <Dialog title={t(invited ? 'withdraw.title' : 'end.title', { name })} onClose={onClose} onSubmit={() => end.mutate({ space: space.id, membership: member.id })}
      actions={<>
        <Button onClick={onClose}>{t('ui.keep')}</Button>
        <Button type="submit" look="danger" disabled={end.isPending}>{t(invited ? 'members.withdrawInvitation' : 'members.end')}</Button>
      </>}>
      <p>{t(invited ? 'withdraw.text' : 'end.text', { name })}</p>
      {member.id === space.myMembership && <p>{t('end.self')}</p>}
      <Problem error={end.error} />
    </Dialog>
  );
}
