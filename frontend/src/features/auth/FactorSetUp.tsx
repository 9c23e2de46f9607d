import { useState, type ReactNode } from 'react';
import { problemAt, problemBeside } from '@/api/errors';
import { useAct } from '@/api/hooks';
import { BeginSecondFactor, useConfirmFactor, type SetUp } from '@/features/auth/secondFactor';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextArea, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import styles from '@/features/auth/SignIn.module.css';

const keep = (): void => undefined;
const quiet = 4;

/** The dark squares as one path; apps want it dark on light, whatever the theme, with a quiet zone round it. */
function Picture({ rows }: { readonly rows: readonly string[] }): ReactNode {
  const dark = rows.flatMap((row, y) => Array.from(row, (square, x) => (square === '1' ? `M${x} ${y}h1v1h-1z` : '')));
  const size = rows.length + 2 * quiet;
  return (
    <svg className={styles['picture']} role="img" aria-label={t('factor.picture')} viewBox={`${-quiet} ${-quiet} ${size} ${size}`} shapeRendering="crispEdges">
      <rect x={-quiet} y={-quiet} width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}

/** Recovery codes, shown this once. */
export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }): ReactNode {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <Dialog title={t('factor.codes')} onClose={onKept} actions={<>
      <Button onClick={() => void copy()}>{t(copied ? 'code.copied' : 'factor.copy')}</Button>
      <Button look="primary" onClick={onKept}>{t('factor.kept')}</Button>
    </>}>
      <p>{t('factor.codesText')}</p>
      <ol className={styles['codes']} dir="ltr">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
    </Dialog>
  );
}

interface Properties {
  /** Said above the password, where this was not what the person came for. */
  readonly why?: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function AskPassword({ why, onClose, onBegun }: Omit<Properties, 'onDone'> & { readonly onBegun: (made: SetUp) => void }): ReactNode {
  const [password, setPassword] = useState('');
  const begin = useAct(BeginSecondFactor, ({ beginSecondFactor }) => onBegun(beginSecondFactor));
  return (
    <Dialog title={t('factor.start')} onClose={onClose} onSubmit={() => begin.mutate({ password })} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!password || begin.isPending}>{t('factor.continue')}</Button>
    </>}>
      {why && <p>{why}</p>}
      <TextField label={t('factor.password')} hint={t('factor.passwordHint')} type="password" autoComplete="current-password" data-first value={password}
        problem={problemAt(begin.error, 'password')} onChange={setPassword} />
      <Problem error={problemBeside(begin.error, ['password'])} />
    </Dialog>
  );
}

function Scan({ made, onClose, onConfirmed }: { readonly made: SetUp; readonly onClose: () => void; readonly onConfirmed: (codes: readonly string[]) => void }): ReactNode {
  const [code, setCode] = useState('');
  const confirm = useConfirmFactor(onConfirmed);
  return (
    <Dialog title={t('factor.start')} onClose={onClose} onSubmit={() => confirm.mutate(code)} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!code.trim() || confirm.isPending}>{t('factor.confirm')}</Button>
    </>}>
      <p>{t('factor.scan')}</p>
      <Picture rows={made.picture} />
      <TextArea mono readOnly rows={1} label={t('factor.key')} value={made.secret.replace(/(.{4})(?=.)/g, '$1 ')} onChange={keep} dir="ltr" />
      <TextField mono label={t('factor.code')} hint={t('factor.codeHint')} value={code} onChange={setCode} autoComplete="one-time-code" data-first dir="ltr"
        problem={problemAt(confirm.error, 'code')} />
      <Problem error={problemBeside(confirm.error, ['code'])} />
    </Dialog>
  );
}

/** Sets an authenticator app up: the password again, the key, a code of it, recovery codes. */
export function FactorSetUp({ why, onClose, onDone }: Properties): ReactNode {
  const [made, setMade] = useState<SetUp | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (made) return <Scan key="scan" made={made} onClose={onClose} onConfirmed={setCodes} />;
  return <AskPassword key="password" {...(why ? { why } : {})} onClose={onClose} onBegun={setMade} />;
}
