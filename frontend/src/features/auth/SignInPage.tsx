import { useState, type ReactNode } from 'react';
import { problemAt, problemBeside, type ApiError } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import { useAct } from '@/api/hooks';
import type { SessionInfo } from '@/api/session';
import { AgencySignIn } from '@/features/auth/AgencySignIn';
import { DemoPeople } from '@/features/auth/DemoPeople';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { LanguageChoice } from '@/ui/LanguageChoice';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import styles from '@/features/auth/SignIn.module.css';

const SignIn = graphql(`
  mutation SignIn($login: String!, $password: String!, $code: String!) { signIn(login: $login, password: $password, code: $code) { id } }
`);

interface Properties {
  readonly demo: boolean;
  /** Address of the product's sign. */
  readonly icon: string;
  readonly people: SessionInfo['demoPeople'];
  readonly demoToken: string | null;
  /** True when a session just ended. */
  readonly ended: boolean;
  readonly onSignedIn: () => void;
}

interface SecondProperties {
  readonly error: ApiError | null;
  readonly pending: boolean;
  readonly onCode: (code: string) => void;
  readonly onBack: () => void;
}

/** The code of the second factor, once the password was right. */
function SecondStep({ error, pending, onCode, onBack }: SecondProperties): ReactNode {
  const [code, setCode] = useState('');
  const asked = error?.kind === 'SECOND_STEP' ? null : error;
  return (
    <Panel title={t('signIn.second')}>
      <form className={styles['form']} onSubmit={(event) => {
        event.preventDefault();
        onCode(code);
      }}>
        <p>{t('signIn.secondText')}</p>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the step that the person has just asked for */}
        <TextField mono autoFocus label={t('factor.code')} value={code} onChange={setCode} autoComplete="one-time-code" dir="ltr" problem={problemAt(asked, 'code')} required />
        <Problem error={problemBeside(asked, ['code'])} />
        <div className={styles['row']}>
          <Button type="submit" look="primary" disabled={!code.trim() || pending}>{t('signIn.submit')}</Button>
          <Button onClick={onBack}>{t('signIn.back')}</Button>
        </div>
      </form>
    </Panel>
  );
}

function LocalForm({ onSignedIn }: Pick<Properties, 'onSignedIn'>): ReactNode {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [second, setSecond] = useState(false);
  const signIn = useAct(SignIn, onSignedIn);
  if (second || signIn.error?.kind === 'SECOND_STEP') {
    return <SecondStep error={signIn.error} pending={signIn.isPending} onBack={() => {
      setSecond(false);
      signIn.reset();
    }} onCode={(code) => {
      setSecond(true);
      signIn.mutate({ login, password, code });
    }} />;
  }
  return (
    <Panel title={t('signIn.local')}>
      <form className={styles['form']} onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate({ login, password, code: '' });
      }}>
        <TextField label={t('signIn.login')} value={login} onChange={setLogin} autoComplete="username" required />
        <TextField label={t('signIn.password')} type="password" value={password} onChange={setPassword} autoComplete="current-password" required />
        <Problem error={signIn.error} />
        <Button type="submit" look="primary" disabled={!login || !password || signIn.isPending}>{t('signIn.submit')}</Button>
      </form>
    </Panel>
  );
}

const refusals = { expired: 'signIn.refusedExpired', unknown: 'signIn.refusedUnknown', provider: 'signIn.refusedProvider' } as const;

/** Why an agency's sign-in brought nobody in, as the server said in the address. */
function refusal(): string | null {
  const word = new URLSearchParams(location.search).get('refused');
  return word && word in refusals ? t(refusals[word as keyof typeof refusals]) : null;
}

/** Signing in at one's agency or with a local account; in a demonstration also as one of its people. */
export function SignInPage({ demo, icon, people, demoToken, ended, onSignedIn }: Properties): ReactNode {
  const refused = refusal();
  const oneClick = demo && demoToken !== null && people.length > 0;
  return (
    <main className={styles['page']}>
      <div className={styles['head']}>
        <h1 className={styles['brand']}><img src={icon} alt="" />{t('app.name')}</h1>
        <LanguageChoice />
      </div>
      {ended && <p className={styles['demo']} role="alert">{t('state.signedOut')}</p>}
      {refused && <p className={styles['demo']} role="alert">{refused}</p>}
      {demo && <p className={styles['demo']}>{t('strip.demo')}</p>}
      {demo && !oneClick && <p className={styles['notice']}>{t('signIn.demoNoToken')}</p>}
      <div className={styles['columns']}>
        {oneClick && <DemoPeople people={people} demoToken={demoToken} onSignedIn={onSignedIn} />}
        <AgencySignIn />
        <LocalForm onSignedIn={onSignedIn} />
      </div>
    </main>
  );
}
