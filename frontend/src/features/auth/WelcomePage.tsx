import { useState, type ReactNode } from 'react';
import { problemAt, problemBeside } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import { useAct } from '@/api/hooks';
import { IssuerLinks, useIssuers } from '@/features/auth/AgencySignIn';
import { t } from '@/text/text';
import { Button, buttonClass } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { usePage } from '@/ui/Page';
import { LanguageChoice } from '@/ui/LanguageChoice';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import styles from '@/features/auth/SignIn.module.css';

const SetPassword = graphql(`
  mutation SetPassword($code: String!, $password: String!) { setPassword(code: $code, password: $password) }
`);

/** The code behind the address's `#`, which no server sees; taken out of the address at once. */
function takeCode(): string {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code) history.replaceState(history.state, '', location.pathname);
  return code;
}

function Form({ onDone }: { readonly onDone: (login: string) => void }): ReactNode {
  const [code, setCode] = useState(takeCode);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const issuers = useIssuers();
  const set = useAct(SetPassword, ({ setPassword: login }) => onDone(login));
  const different = again !== '' && !password.startsWith(again) && again !== password;
  return (
    <form className={styles['form']} onSubmit={(event) => {
      event.preventDefault();
      set.mutate({ code, password });
    }}>
      <p>{t('welcome.intro')}</p>
      <TextField mono label={t('welcome.code')} problem={problemAt(set.error, 'code')} value={code} onChange={setCode} dir="ltr" required />
      {issuers.length > 0 && (
        <>
          <p>{t('welcome.agency')}</p>
          {code && <IssuerLinks issuers={issuers} code={code} />}
          <p>{t('welcome.orPassword')}</p>
        </>
      )}
      <TextField label={t('welcome.password')} type="password" hint={t('welcome.passwordHint')} problem={problemAt(set.error, 'password')} value={password}
        onChange={setPassword} autoComplete="new-password" required />
      <TextField label={t('welcome.again')} type="password" problem={different ? t('welcome.different') : null} value={again} onChange={setAgain}
        autoComplete="new-password" required />
      <Problem error={problemBeside(set.error, ['code', 'password'])} />
      <Button type="submit" look="primary" disabled={!code || !password || password !== again || set.isPending}>{t('welcome.submit')}</Button>
    </form>
  );
}

/** Where a person sets their password with the code that an administrator handed to them. Nobody needs to be signed in. */
export function WelcomePage({ icon }: { readonly icon: string }): ReactNode {
  const [login, setLogin] = useState<string | null>(null);
  usePage({ title: t('welcome.title'), path: [] });
  return (
    <main className={styles['page']}>
      <div className={styles['head']}>
        <h1 className={styles['brand']}><img src={icon} alt="" />{t('app.name')}</h1>
        <LanguageChoice />
      </div>
      <div className={styles['columns']}>
        <Panel title={t('welcome.title')}>
          {login === null ? <Form onDone={setLogin} /> : (
            <div className={styles['form']}>
              <p role="status">{t('welcome.done', { login })}</p>
              <a className={buttonClass('primary')} href="/">{t('welcome.signIn')}</a>
            </div>
          )}
        </Panel>
      </div>
    </main>
  );
}
