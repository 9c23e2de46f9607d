import { IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { graphql } from '@/api/generated/gql';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { changedOperations, type ExhibitInfo } from '@/features/evidence/queries';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Problem } from '@/ui/States';
import styles from '@/features/evidence/evidence.module.css';

const CheckIntegrity = graphql(`
  mutation CheckIntegrity($space: ID!, $exhibit: ID!, $key: String!) {
    checkIntegrity(space: $space, exhibit: $exhibit, key: $key) { id integrityCheck { state at } }
  }
`);

/** What the last check of the hash found; whoever writes may have it checked now. What comes of it appears by itself. */
export function CheckLine({ of: { id: exhibit, integrityCheck: { state, at } } }: { readonly of: ExhibitInfo }): ReactNode {
  const { id: space } = useSpace();
  const writes = useRight('WRITE_CONTENT');
  const act = useAct(CheckIntegrity, () => refresh(space, changedOperations));
  const waiting = state === 'WAITING' || act.isPending;
  return (
    <>
      <p role="status" className={styles[state === 'ALTERED' ? 'alertMark' : 'second']}>{t(`check.${state}`, { at: at ? formatMoment(at) : '' })}</p>
      {writes && <Button small disabled={waiting} onClick={() => act.mutate({ space, exhibit })}><IconShieldCheck size={16} aria-hidden />{t('check.now')}</Button>}
      <Problem error={act.error} />
    </>
  );
}
