import { useState, type ReactNode } from 'react';
import type { Issued } from '@/features/auth/accounts/queries';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';

const welcome = `${location.origin}/welcome`;
const keep = (): void => undefined;

/** Shows a set-up code, this once. */
export function SetUpDialog({ issued, onClose }: { readonly issued: Issued; readonly onClose: () => void }): ReactNode {
  const [copied, setCopied] = useState(false);
  const { code, account } = issued;
  const address = `${welcome}#${code}`;
  const { name } = account.person;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(address);
    setCopied(true);
  };
  return (
    <Dialog title={t('code.title', { name })} onClose={onClose} actions={<>
      <Button onClick={() => void copy()}>{t(copied ? 'code.copied' : 'code.copy')}</Button>
      <Button look="primary" onClick={onClose}>{t('code.done')}</Button>
    </>}>
      <p>{t('code.once', { name })}</p>
      <TextField mono readOnly label={t('code.address')} value={address} onChange={keep} dir="ltr" />
      <TextField mono readOnly label={t('code.code', { page: welcome })} value={code} onChange={keep} dir="ltr" />
      <TextField mono readOnly label={t('code.login')} value={account.login} onChange={keep} dir="ltr" />
      {account.setUpUntil && <p>{t('code.until', { until: formatMoment(account.setUpUntil) })}</p>}
    </Dialog>
  );
}
