import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { importOperations, UndoImport, type Job } from '@/features/entities/imports/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextArea } from '@/ui/Field';
import { Problem } from '@/ui/States';

/** Undoes a whole import, after saying what is retracted and what stays. */
export function UndoDialog({ job, onClose }: { readonly job: Job; readonly onClose: () => void }): ReactNode {
  const space = useSpace();
  const [reason, setReason] = useState('');
  const undo = useAct(UndoImport, async () => {
    await refresh(space.id, importOperations);
    onClose();
  });
  return (
    <Dialog title={t('undoImport.title', { name: job.name })} onClose={onClose} onSubmit={() => undo.mutate({ space: space.id, id: job.id, reason: reason.trim() })} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look="danger" disabled={!reason.trim() || undo.isPending}>{t('imports.undo')}</Button>
    </>}>
      <p>{t('undoImport.text')}</p>
      <TextArea label={t('undoImport.reason')} problem={problemAt(undo.error, 'reason')} rows={2} value={reason} onChange={setReason} />
      <Problem error={problemBeside(undo.error, ['reason'])} />
    </Dialog>
  );
}
