import { useState, type ReactNode } from 'react';
import { useAct } from '@/api/hooks';
import type { RecordInfo } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { MarkRecord, ReleaseRecord, RetractRecord } from '@/features/entities/queries';
import type { Subject } from '@/features/entities/RecordDialog';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SourceMargin } from '@/ui/facts/SourceMargin';
import { MarkDialog, ReleaseDialog } from '@/ui/records/MarkingDialogs';
import { ReasonField } from '@/ui/records/RecordForm';
import { Problem } from '@/ui/States';

interface Properties {
  readonly subject: Subject;
  readonly record: RecordInfo;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

/** Says what a retraction does, and asks why. */
export function RetractDialog({ subject, record, onClose, onDone }: Properties): ReactNode {
  const space = useSpace();
  const [reason, setReason] = useState('');
  const retract = useAct(RetractRecord, onDone);
  return (
    <Dialog title={t('retract.title')} onClose={onClose}
      onSubmit={() => retract.mutate({ space: space.id, id: record.id, reason: reason.trim(), expectedVersion: subject.version })} actions={<>
        <Button onClick={onClose}>{t('ui.keep')}</Button>
        <Button type="submit" look="danger" disabled={!reason.trim() || retract.isPending}>{t('retract.submit')}</Button>
      </>}>
      <p>{t('retract.text')}</p>
      <SourceMargin record={record} />
      <ReasonField value={reason} onChange={setReason} />
      <Problem error={retract.error} />
    </Dialog>
  );
}

/** Puts further markings on a record. */
export function MarkRecordDialog({ subject, record, onClose, onDone }: Properties): ReactNode {
  const space = useSpace();
  const mark = useAct(MarkRecord, onDone);
  return (
    <MarkDialog title={t('mark.title')} text={t('mark.text')} none={t('mark.none')} submit={t('mark.submit')} carried={record.markings}
      pending={mark.isPending} error={mark.error} onClose={onClose}
      onSend={(markings) => mark.mutate({ space: space.id, id: record.id, markings: [...markings], expectedVersion: subject.version })} />
  );
}

/** Takes markings off a record. */
export function ReleaseRecordDialog({ subject, record, onClose, onDone }: Properties): ReactNode {
  const space = useSpace();
  const release = useAct(ReleaseRecord, onDone);
  return (
    <ReleaseDialog title={t('release.title')} text={t('release.text', { authority: record.authority.name })} submit={t('release.submit')}
      carried={record.markings} pending={release.isPending} error={release.error} onClose={onClose}
      onSend={(markings, reason) => release.mutate({ space: space.id, id: record.id, markings: [...markings], reason, expectedVersion: subject.version })} />
  );
}
