import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { graphql } from '@/api/generated/gql';
import type { Role } from '@/api/generated/graphql';
import { useAct } from '@/api/hooks';
import { useSpace, type Member } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField } from '@/ui/Field';
import { Problem } from '@/ui/States';

const HandOver = graphql(`
  mutation HandOverLead($space: ID!, $to: ID!, $ownRole: Role!, $key: String!) {
    handOverLead(space: $space, to: $to, ownRole: $ownRole, key: $key) { id }
  }
`);
/** Roles that a former lead may take: those that read the content, but for the third country's. */
const after: readonly Role[] = ['PROSECUTOR', 'INVESTIGATOR', 'ANALYST', 'FINANCIAL_ANALYST', 'FORENSIC_EXAMINER', 'TRANSLATOR', 'OBSERVER'];
const never: ReadonlySet<Role> = new Set(['LEAD', 'OVERSIGHT', 'THIRD_COUNTRY_MEMBER']);

/** True where the reader, a lead, may hand the lead to this member. */
export const mayTakeLead = ({ state, role }: Member): boolean => state === 'ACTIVE' && !never.has(role);

/** Hands the lead to a member; says who may do what afterwards. */
export function HandOverDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }): ReactNode {
  const space = useSpace();
  const [role, setRole] = useState<Role>('PROSECUTOR');
  const act = useAct(HandOver, () => {
    void refresh(space.id, ['Space', 'Activity']);
    onClose();
  });
  const { name } = member.person;
  return (
    <Dialog title={t('handOver.title', { name })} onClose={onClose} onSubmit={() => act.mutate({ space: space.id, to: member.id, ownRole: role })}
      actions={<>
        <Button onClick={onClose}>{t('handOver.keep')}</Button>
        <Button type="submit" look="danger" disabled={act.isPending}>{t('handOver.submit')}</Button>
      </>}>
      <p>{t('handOver.text', { name })}</p>
      <SelectField label={t('handOver.ownRole')} value={role} onChange={(value) => setRole(after.find((each) => each === value) ?? role)}>
        {after.map((each) => <option key={each} value={each}>{t(`role.${each}`)}</option>)}
      </SelectField>
      <Problem error={act.error} />
    </Dialog>
  );
}
