import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { importOperations, MarkImport, type Job } from '@/features/entities/imports/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { MarkingChoices } from '@/ui/records/MarkingChoices';
import { Problem } from '@/ui/States';

/** Puts further markings on an import and on every record that it brought. */
export function MarkImportDialog({ job, onClose }: { readonly job: Job; readonly onClose: () => void }): ReactNode {
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
