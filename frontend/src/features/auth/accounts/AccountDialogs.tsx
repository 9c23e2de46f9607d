import type { ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import {
  AppointAgencyAdministrator, DisablePerson, DismissAgencyAdministrator, EnablePerson, EndSessionsOf, IssueSetUpCode, ResetSecondFactor,
  type AccountInfo, type Issued,
} from '@/features/auth/accounts/queries';
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

/** Ends all sessions and API tokens of somebody, after saying what that does. */
export function EndSessionsDialog({ of, onClose }: { readonly of: AccountInfo; readonly onClose: () => void }): ReactNode {
  const { id, name } = of.person;
  const end = useAct(EndSessionsOf, onClose);
  return (
    <Dialog title={t('endSessions.title', { name })} onClose={onClose} onSubmit={() => end.mutate({ person: id })} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look="danger" disabled={end.isPending}>{t('endSessions.submit')}</Button>
    </>}>
      <p>{t('endSessions.text', { name })}</p>
      <Problem error={end.error} />
    </Dialog>
  );
}

/** Lets somebody administer their agency, or no longer, after saying what that means. */
export function AppointDialog({ of, onClose }: { readonly of: AccountInfo; readonly onClose: () => void }): ReactNode {
  const done = async (): Promise<void> => {
    await refresh('own', ['Accounts', 'Session']);
    onClose();
  };
  const appoint = useAct(AppointAgencyAdministrator, done);
  const dismiss = useAct(DismissAgencyAdministrator, done);
  const { id, name, agency } = of.person;
  const [act, text] = of.agencyAdministrator ? [dismiss, 'dismiss'] as const : [appoint, 'appoint'] as const;
  return (
    <Dialog title={t(`${text}.title`, { name, agency: agency.name })} onClose={onClose} onSubmit={() => act.mutate({ person: id })} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look={of.agencyAdministrator ? 'danger' : 'primary'} disabled={act.isPending}>{t(`${text}.submit`)}</Button>
    </>}>
      <p>{t(`${text}.text`, { name, agency: agency.name })}</p>
      <Problem error={act.error} />
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
