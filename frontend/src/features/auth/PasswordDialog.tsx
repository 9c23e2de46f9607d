import { useState, type ReactNode } from 'react';
import { problemAt, problemBeside } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import { useAct, useAsk } from '@/api/hooks';
import { MySessions } from '@/features/auth/SessionsDialog';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { Answer, Problem } from '@/ui/States';

const ChangePassword = graphql(`
  mutation ChangePassword($current: String!, $password: String!) { changePassword(current: $current, password: $password) }
`);

function Form({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }): ReactNode {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const change = useAct(ChangePassword, onDone);
  const different = again !== '' && !password.startsWith(again) && again !== password;
  return (
    <Dialog title={t('password.title')} onClose={onClose} onSubmit={() => change.mutate({ current, password })} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!current || !password || password !== again || change.isPending}>{t('password.submit')}</Button>
    </>}>
      <p>{t('password.text')}</p>
      <TextField label={t('password.current')} type="password" autoComplete="current-password" data-first problem={problemAt(change.error, 'current')}
        value={current} onChange={setCurrent} required />
      <TextField label={t('welcome.password')} type="password" autoComplete="new-password" hint={t('welcome.passwordHint')}
        problem={problemAt(change.error, 'password')} value={password} onChange={setPassword} required />
      <TextField label={t('welcome.again')} type="password" autoComplete="new-password" problem={different ? t('welcome.different') : null}
        value={again} onChange={setAgain} required />
      <Problem error={problemBeside(change.error, ['current', 'password'])} />
    </Dialog>
  );
}

function Told({ children, onClose }: { readonly children: ReactNode; readonly onClose: () => void }): ReactNode {
  return <Dialog title={t('password.title')} onClose={onClose} actions={<Button onClick={onClose}>{t('ui.close')}</Button>}>{children}</Dialog>;
}

/** Changes one's own password. Whoever signed in at their agency, or in the demonstration, has none here. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const sessions = useAsk(MySessions, {});
  const [done, setDone] = useState(false);
  const method = sessions.data?.mySessions.find(({ current }) => current)?.method;
  if (done) return <Told onClose={onClose}><p role="status">{t('password.done')}</p></Told>;
  if (method === 'PASSWORD') return <Form onClose={onClose} onDone={() => setDone(true)} />;
  return <Told onClose={onClose}><Answer of={sessions} rows={1}>{() => <p>{t(method === 'DEMO' ? 'password.demo' : 'password.agency')}</p>}</Answer></Told>;
}
