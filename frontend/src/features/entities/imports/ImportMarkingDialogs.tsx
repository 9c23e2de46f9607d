import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { importOperations, MarkImport, ReleaseImport, type Job } from '@/features/entities/imports/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextArea } from '@/ui/Field';
import { MarkingChoices } from '@/ui/records/MarkingChoices';
import { Problem } from '@/ui/States';

interface Properties {
  readonly job: Job;
  readonly onClose: () => void;
}

/** Takes markings off an import alone, after saying that its records keep their own. */
export function ReleaseImportDialog({ job, onClose }: Properties): ReactNode {
  const space = useSpace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const release = useAct(ReleaseImport, async () => {
    await refresh(space.id, importOperations);
    onClose();
  });
  const send = (): void => release.mutate({ space: space.id, id: job.id, markings: [...chosen], reason: reason.trim() });
  return (
    <Dialog title={t('releaseImport.title')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look="danger" disabled={chosen.length === 0 || !reason.trim() || release.isPending}>{t('releaseImport.submit')}</Button>
    </>}>
      <p>{t('releaseImport.text')}</p>
      <MarkingChoices of={job.markings} chosen={chosen} onChange={setChosen} />
      <TextArea label={t('releaseImport.reason')} problem={problemAt(release.error, 'reason')} rows={2} value={reason} onChange={setReason} />
      <Problem error={problemBeside(release.error, ['reason'])} />
    </Dialog>
  );
}

/** Puts further markings on an import and on every record that it brought. */
export function MarkImportDialog({ job, onClose }: Properties): ReactNode {
  const space = useSpace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const mark = useAct(MarkImport, async () => {
    await refresh(space.id, importOperations);
    onClose();
  });
  const carried = new Set(job.markings.map(({ id }) => id));
  const further = space.markings.map(({ marking }) => marking).filter(({ id }) => !carried.has(id));
  return (
    <Dialog title={t('markImport.title')} onClose={onClose} onSubmit={() => mark.mutate({ space: space.id, id: job.id, markings: [...chosen] })} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={chosen.length === 0 || mark.isPending}>{t('markImport.submit')}</Button>
    </>}>
      <p>{t('markImport.text')}</p>
      {further.length === 0 ? <p>{t('markImport.none')}</p> : <MarkingChoices of={further} chosen={chosen} onChange={setChosen} />}
      <Problem error={mark.error} />
    </Dialog>
  );
}
