import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import { useAct } from '@/api/hooks';
import { AmendAgreement, registerOperations, SetAgreementState, target, type Move, type Under } from '@/features/teams/agreements/queries';
import { complete, draftOf, termsOf } from '@/features/teams/agreements/terms';
import { TermsFields, termsFields } from '@/features/teams/agreements/TermsFields';
import { formatDate } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextArea } from '@/ui/Field';
import { Problem } from '@/ui/States';

interface Properties {
  readonly of: Under;
  readonly onClose: () => void;
}

async function renew(space: string): Promise<void> {
  await Promise.all([refresh(space, ['Space', 'Activity']), refresh('own', registerOperations)]);
}

function Reason({ value, error, onChange }: { readonly value: string; readonly error: unknown; readonly onChange: (value: string) => void }): ReactNode {
  return <TextArea label={t('agreement.reason')} hint={t('agreement.reasonHint')} problem={problemAt(error, 'reason')} rows={2} value={value} onChange={onChange} />;
}

/** Changes what an agreement says; what it said before is kept. */
export function AmendDialog({ of, onClose }: Properties): ReactNode {
  const { agreement } = of;
  const [version] = useState(agreement.version);
  const [draft, setDraft] = useState(() => draftOf(agreement));
  const [reason, setReason] = useState('');
  const amend = useAct(AmendAgreement, async () => {
    await renew(of.id);
    onClose();
  });
  const send = (): void => amend.mutate({ space: of.id, terms: termsOf(draft, agreement), reason: reason.trim(), expectedVersion: version });
  return (
    <Dialog title={t('agreement.amend')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!complete(draft) || !reason.trim() || amend.isPending}>{t('agreement.save')}</Button>
    </>}>
      <TermsFields value={draft} error={amend.error} onChange={setDraft} />
      <Reason value={reason} error={amend.error} onChange={setReason} />
      <Problem error={problemBeside(amend.error, [...termsFields, 'reason'])} />
    </Dialog>
  );
}

const words = {
  open: { title: 'open.title', text: 'open.text', button: 'agreement.open', look: 'primary' },
  suspend: { title: 'suspend.title', text: 'suspend.text', button: 'agreement.suspend', look: 'danger' },
  resume: { title: 'resume.title', text: 'resume.text', button: 'agreement.resume', look: 'primary' },
  end: { title: 'endAgreement.title', text: 'endAgreement.text', button: 'agreement.end', look: 'danger' },
} as const;

/** Moves an agreement to another state after saying what opens or closes by it. */
export function MoveDialog({ of, move, onClose }: Properties & { readonly move: Move }): ReactNode {
  const { agreement } = of;
  const [version] = useState(agreement.version);
  const [reason, setReason] = useState('');
  const set = useAct(SetAgreementState, async () => {
    await renew(of.id);
    onClose();
  });
  const { title, text, button, look } = words[move];
  const dates = { from: formatDate(agreement.validFrom), to: formatDate(agreement.validTo) };
  const send = (): void => set.mutate({ space: of.id, state: target[move], reason: reason.trim(), expectedVersion: version });
  return (
    <Dialog title={t(title, { space: of.name })} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look={look} disabled={!reason.trim() || set.isPending}>{t(button)}</Button>
    </>}>
      <p>{text === 'open.text' ? t(text, dates) : t(text)}</p>
      <Reason value={reason} error={set.error} onChange={setReason} />
      <Problem error={problemBeside(set.error, ['reason'])} />
    </Dialog>
  );
}
