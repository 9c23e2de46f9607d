import type { ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { DisablePerson, EnablePerson, IssueSetUpCode, ResetSecondFactor, type AccountInfo, type Issued } from '@/features/auth/accounts/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Problem } from '@/ui/States';

/** Disables an account, or enables it again, after saying what that does. */
export function DisableDialog({ of, onClose }: { readonly of: AccountInfo; readonly onClose: () => void }): ReactNode {
  const done = async (): Promise<void> => {
    await refresh('own', ['Accounts']);
    onClose();
  };
  const disable = useAct(DisablePerson, done);
  const enable = useAct(EnablePerson, done);
  const { id, name } = of.person;
  const disabled = of.state === 'DISABLED';
  const act = disabled ? enable : disable;
  return (
    <Dialog title={t(disabled ? 'enable.title' : 'disable.title', { name })} onClose={onClose} onSubmit={() => act.mutate({ person: id })} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look={disabled ? 'primary' : 'danger'} disabled={act.isPending}>{t(disabled ? 'person.enable' : 'person.disable')}</Button>
    </>}>
      <p>{t(disabled ? 'enable.text' : 'disable.text', { name })}</p>
      <Problem error={act.error} />
    </Dialog>
  );
}

/** Takes the second factor of somebody away, after saying what that does. */
export function ResetFactorDialog({ of, onClose }: { readonly of: AccountInfo; readonly onClose: () => void }): ReactNode {
  const { id, name } = of.person;
  const reset = useAct(ResetSecondFactor, async () => {
    await refresh('own', ['Accounts']);
    onClose();
  });
  return (
    <Dialog title={t('resetFactor.title', { name })} onClose={onClose} onSubmit={() => reset.mutate({ person: id })} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look="danger" disabled={reset.isPending}>{t('resetFactor.submit')}</Button>
    </>}>
      <p>{t('resetFactor.text', { name })}</p>
      <Problem error={reset.error} />
    </Dialog>
  );
}

interface CodeProperties {
  readonly of: AccountInfo;
  readonly onClose: () => void;
  readonly onIssued: (issued: Issued) => void;
}

/** Issues a new set-up code after saying what that does to the old one. */
export function NewCodeDialog({ of, onClose, onIssued }: CodeProperties): ReactNode {
  const issue = useAct(IssueSetUpCode, async ({ issueSetUpCode }) => {
    await refresh('own', ['Accounts']);
    onIssued(issueSetUpCode);
  });
  const { id, name } = of.person;
  return (
    <Dialog title={t('newCode.title', { name })} onClose={onClose} onSubmit={() => issue.mutate({ person: id })} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={issue.isPending}>{t('newCode.submit')}</Button>
    </>}>
      <p>{t('newCode.text', { name })}</p>
      <Problem error={issue.error} />
    </Dialog>
  );
}
