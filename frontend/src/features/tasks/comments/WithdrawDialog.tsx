import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { WithdrawTaskComment } from '@/api/comments';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { taskOperations } from '@/api/tasks';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';

/** Withdraws one's own comment: it stays, struck through, with the reason. */
export function WithdrawDialog({ comment, onClose }: { readonly comment: string; readonly onClose: () => void }): ReactNode {
  const space = useSpace();
  const [reason, setReason] = useState('');
  const withdraw = useAct(WithdrawTaskComment, async () => {
    await refresh(space.id, [...taskOperations, 'Activity']);
    onClose();
  });
  return (
    <Dialog title={t('comment.withdrawTitle')} onClose={onClose} onSubmit={() => withdraw.mutate({ space: space.id, id: comment, reason })} actions={<>
      <Button onClick={onClose}>{t('comment.keep')}</Button>
      <Button type="submit" look="danger" disabled={!reason.trim() || withdraw.isPending}>{t('comment.withdrawAction')}</Button>
    </>}>
      <p>{t('comment.withdrawText')}</p>
      <TextField label={t('comment.reason')} maxLength={500} value={reason} onChange={setReason} />
      <Problem error={withdraw.error} />
    </Dialog>
  );
}
