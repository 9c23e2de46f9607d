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
import { MarkingChoices } from '@/ui/records/MarkingChoices';
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

/** Puts further markings on a record: only ones that the reader holds. */
export function MarkDialog({ subject, record, onClose, onDone }: Properties): ReactNode {
  const space = useSpace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const mark = useAct(MarkRecord, onDone);
  const carried = new Set(record.markings.map(({ id }) => id));
  const further = space.markings.map(({ marking }) => marking).filter(({ id }) => !carried.has(id));
  return (
    <Dialog title={t('mark.title')} onClose={onClose}
      onSubmit={() => mark.mutate({ space: space.id, id: record.id, markings: [...chosen], expectedVersion: subject.version })} actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" disabled={chosen.length === 0 || mark.isPending}>{t('mark.submit')}</Button>
      </>}>
      <p>{t('mark.text')}</p>
      {further.length === 0 ? <p>{t('mark.none')}</p> : <MarkingChoices of={further} chosen={chosen} onChange={setChosen} />}
      <Problem error={mark.error} />
    </Dialog>
  );
}

/** Takes markings off a record: a logged decision of the owning authority. */
export function ReleaseDialog({ subject, record, onClose, onDone }: Properties): ReactNode {
  const space = useSpace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const release = useAct(ReleaseRecord, onDone);
  return (
    <Dialog title={t('release.title')} onClose={onClose}
      onSubmit={() => release.mutate({ space: space.id, id: record.id, markings: [...chosen], reason: reason.trim(), expectedVersion: subject.version })} actions={<>
        <Button onClick={onClose}>{t('ui.keep')}</Button>
        <Button type="submit" look="danger" disabled={chosen.length === 0 || !reason.trim() || release.isPending}>{t('release.submit')}</Button>
      </>}>
      <p>{t('release.text', { authority: record.authority.name })}</p>
      <MarkingChoices of={record.markings} chosen={chosen} onChange={setChosen} />
      <ReasonField value={reason} onChange={setReason} />
      <Problem error={release.error} />
    </Dialog>
  );
}
