import type { ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { graphql } from '@/api/generated/gql';
import { useAct, useAsk } from '@/api/hooks';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Answer, Problem } from '@/ui/States';
import styles from '@/features/auth/SignIn.module.css';

export const MySessions = graphql(`
  query MySessions { mySessions { id method startedAt lastUsedAt endsAt current strongAt acr } }
`);
const EndSession = graphql(`
  mutation EndSession($id: ID!) { endSession(id: $id) { id } }
`);

/** Where one is signed in; each of one's other sessions can be ended from here. */
export function SessionsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const sessions = useAsk(MySessions, {});
  const end = useAct(EndSession, () => refresh('own', ['MySessions']));
  return (
    <Dialog title={t('sessions.title')} onClose={onClose} actions={<Button onClick={onClose}>{t('ui.close')}</Button>}>
      <p>{t('sessions.intro')}</p>
      <Problem error={end.error} />
      <Answer of={sessions}>{({ mySessions }) => (
        <ul className={styles['sessions']}>
          {mySessions.map(({ id, method, startedAt, lastUsedAt, endsAt, current, strongAt, acr }) => (
            <li key={id}>
              <span>
                <strong>{t(current ? 'sessions.here' : `sessions.${method}`)}</strong>
                {method !== 'DEMO' && <small>{strongAt ? t('sessions.strong', { at: formatMoment(strongAt) }) : t('sessions.weak')} {acr && t('sessions.acr', { acr })}</small>}
                <small>{t('sessions.times', { start: formatMoment(startedAt), used: formatMoment(lastUsedAt), end: formatMoment(endsAt) })}</small>
              </span>
              {!current && <Button small disabled={end.isPending} onClick={() => end.mutate({ id })}>{t('sessions.end')}</Button>}
            </li>
          ))}
        </ul>
      )}</Answer>
    </Dialog>
  );
}
