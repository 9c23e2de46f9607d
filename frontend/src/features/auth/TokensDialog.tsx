import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import type { TokenScope } from '@/api/generated/graphql';
import { useAct, useAsk } from '@/api/hooks';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextArea, TextField } from '@/ui/Field';
import { Answer, Empty, Problem } from '@/ui/States';
import styles from '@/features/auth/SignIn.module.css';

const MyTokens = graphql(`
  query MyTokens { myTokens { id name scope lastUsedAt endsAt } }
`);
const CreateToken = graphql(`
  mutation CreateToken($name: String!, $scope: TokenScope!, $endsAt: DateTime!) { createToken(name: $name, scope: $scope, endsAt: $endsAt) { token } }
`);
const RevokeToken = graphql(`
  mutation RevokeToken($id: ID!) { revokeToken(id: $id) { id } }
`);

const SCOPES: readonly TokenScope[] = ['READ', 'WRITE'];
const DAYS = [1, 7, 30, 90] as const;
const DAY = 86_400_000;
const keep = (): void => undefined;
const listAgain = (): Promise<void> => refresh('own', ['MyTokens']);

/** The secret of a token just made, shown this once. */
function Secret({ token, onClose }: { readonly token: string; readonly onClose: () => void }): ReactNode {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(token);
    setCopied(true);
  };
  return (
    <Dialog title={t('tokens.made')} onClose={onClose} actions={<>
      <Button onClick={() => void copy()}>{t(copied ? 'code.copied' : 'tokens.copy')}</Button>
      <Button look="primary" onClick={onClose}>{t('tokens.kept')}</Button>
    </>}>
      <p>{t('tokens.once')}</p>
      <TextArea mono readOnly rows={2} label={t('tokens.secret')} value={token} onChange={keep} dir="ltr" />
    </Dialog>
  );
}

function NewToken({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (token: string) => void }): ReactNode {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenScope>('READ');
  const [days, setDays] = useState(30);
  const create = useAct(CreateToken, async ({ createToken }) => {
    await listAgain();
    onMade(createToken.token);
  });
  // A minute less than the days chosen: the server's clock decides, and the longest is refused a moment too late.
  const submit = (): void => create.mutate({ name: name.trim(), scope, endsAt: new Date(Date.now() + days * DAY - 60_000).toISOString() });
  return (
    <Dialog title={t('tokens.newTitle')} onClose={onClose} onSubmit={submit} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!name.trim() || create.isPending}>{t('tokens.create')}</Button>
    </>}>
      <TextField label={t('tokens.name')} hint={t('tokens.nameHint')} problem={problemAt(create.error, 'name')} value={name} onChange={setName} maxLength={80} />
      <SelectField label={t('tokens.scope')} hint={t('tokens.scopeHint')} value={scope}
        onChange={(value) => setScope(SCOPES.find((each) => each === value) ?? 'READ')}>
        {SCOPES.map((each) => <option key={each} value={each}>{t(`tokens.${each}`)}</option>)}
      </SelectField>
      <SelectField label={t('tokens.ends')} problem={problemAt(create.error, 'endsAt')} value={String(days)} onChange={(value) => setDays(Number(value))}>
        {DAYS.map((each) => <option key={each} value={each}>{t('tokens.days', { count: each })}</option>)}
      </SelectField>
      <Problem error={problemBeside(create.error, ['name', 'endsAt'])} />
    </Dialog>
  );
}

/** The reader's API tokens: made here, revoked here. */
export function TokensDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const tokens = useAsk(MyTokens, {});
  const revoke = useAct(RevokeToken, listAgain);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  if (made) return <Secret token={made} onClose={() => setMade(null)} />;
  if (making) {
    return <NewToken onClose={() => setMaking(false)} onMade={(token) => {
      setMaking(false);
      setMade(token);
    }} />;
  }
  return (
    <Dialog title={t('tokens.title')} onClose={onClose} actions={<>
      <Button onClick={() => setMaking(true)}>{t('tokens.new')}</Button>
      <Button onClick={onClose}>{t('ui.close')}</Button>
    </>}>
      <p>{t('tokens.intro')}</p>
      <Problem error={revoke.error} />
      <Answer of={tokens}>{({ myTokens }) => (myTokens.length === 0 ? <Empty text={t('tokens.none')} /> : (
        <ul className={styles['sessions']}>
          {myTokens.map(({ id, name, scope, lastUsedAt, endsAt }) => (
            <li key={id}>
              <span>
                <strong><bdi>{name}</bdi></strong>
                <small>{t(`tokens.${scope}`)} · {lastUsedAt ? t('tokens.used', { used: formatMoment(lastUsedAt) }) : t('tokens.unused')} · {t('tokens.until', { end: formatMoment(endsAt) })}</small>
              </span>
              <Button small disabled={revoke.isPending} onClick={() => revoke.mutate({ id })} aria-label={t('tokens.revokeNamed', { name })}>{t('tokens.revoke')}</Button>
            </li>
          ))}
        </ul>
      ))}</Answer>
    </Dialog>
  );
}
