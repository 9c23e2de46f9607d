import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { MarkCase, ReleaseCase, type CaseInfo } from '@/features/cases/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextArea } from '@/ui/Field';
import { MarkingChoices } from '@/ui/records/MarkingChoices';
import { Problem } from '@/ui/States';

interface Properties {
  readonly of: CaseInfo;
  readonly onClose: () => void;
}

const renew = (space: string): Promise<void> => refresh(space, ['Case', 'Cases', 'SpaceCases', 'Activity', 'Imports']);

/** Puts further markings on a case and on all that was entered in it. */
export function MarkCaseDialog({ of, onClose }: Properties): ReactNode {
  const space = useSpace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const mark = useAct(MarkCase, async () => {
    await renew(space.id);
    onClose();
  });
  const carried = new Set(of.markings.map(({ id }) => id));
  const further = space.markings.map(({ marking }) => marking).filter(({ id }) => !carried.has(id));
  return (
    <Dialog title={t('markCase.title')} onClose={onClose} onSubmit={() => mark.mutate({ space: space.id, id: of.id, markings: [...chosen], expectedVersion: of.version })}
      actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" disabled={chosen.length === 0 || mark.isPending}>{t('markCase.submit')}</Button>
      </>}>
      <p>{t('markCase.text')}</p>
      {further.length === 0 ? <p>{t('markCase.none')}</p> : <MarkingChoices of={further} chosen={chosen} onChange={setChosen} />}
      <Problem error={mark.error} />
    </Dialog>
  );
}

/** Takes markings off a case alone, after saying that what was entered in it keeps its own. */
export function ReleaseCaseDialog({ of, onClose }: Properties): ReactNode {
  const space = useSpace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const release = useAct(ReleaseCase, async () => {
    await renew(space.id);
    onClose();
  });
  const send = (): void => release.mutate({ space: space.id, id: of.id, markings: [...chosen], reason: reason.trim(), expectedVersion: of.version });
  return (
    <Dialog title={t('releaseCase.title')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look="danger" disabled={chosen.length === 0 || !reason.trim() || release.isPending}>{t('releaseCase.submit')}</Button>
    </>}>
      <p>{t('releaseCase.text')}</p>
      <p>{t('releaseCase.owner', { authority: of.authority.name })}</p>
      <MarkingChoices of={of.markings} chosen={chosen} onChange={setChosen} />
      <TextArea label={t('releaseCase.reason')} problem={problemAt(release.error, 'reason')} rows={2} value={reason} onChange={setReason} />
      <Problem error={problemBeside(release.error, ['reason'])} />
    </Dialog>
  );
}
