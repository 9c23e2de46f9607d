import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { ApiError } from '@/api/errors';
import { useAct } from '@/api/hooks';
import type { EntityKind } from '@/api/ontology';
import { AddRecord, type RecordInfo } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { CorrectRecord, entityOperations } from '@/features/entities/queries';
import { WriteConflict } from '@/features/entities/WriteConflict';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { draftOf, emptyDraft, isComplete, toInput, type RecordDraft } from '@/ui/records/draft';
import { ReasonField, RecordForm } from '@/ui/records/RecordForm';
import { Problem } from '@/ui/States';

/** What a record is about: an entity or a link, as it is now. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly records: readonly RecordInfo[];
  readonly properties: EntityKind['properties'];
  readonly featured: readonly string[];
}
interface Properties {
  readonly subject: Subject;
  /** The record to correct; null adds a further one. */
  readonly corrected: RecordInfo | null;
  /** The property to say something about, where one was chosen. */
  readonly property: string | null;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

function useDraft({ subject, corrected, property }: Properties): [RecordDraft, (draft: RecordDraft) => void] {
  const { cases } = useSpace();
  return useState(() => {
    const inCase = (corrected ?? subject.records[0])?.case?.id ?? cases[0]?.id ?? '';
    if (corrected) return { ...draftOf(corrected), case: inCase };
    return emptyDraft(inCase, [property ?? subject.featured[0] ?? subject.properties[0]?.name ?? 'name']);
  });
}

/** Adds or corrects a record. When a colleague was faster, both sides show and nothing typed is lost. */
export function RecordDialog(properties: Properties): ReactNode {
  const { subject, corrected, onClose, onDone } = properties;
  const space = useSpace();
  const [draft, setDraft] = useDraft(properties);
  const [reason, setReason] = useState('');
  // What this person saw when they began: the server compares against it.
  const [seen, setSeen] = useState(() => ({ version: subject.version, records: new Set(subject.records.map(({ id }) => id)) }));
  const add = useAct(AddRecord, onDone);
  const correct = useAct(CorrectRecord, onDone);
  const error = add.error ?? correct.error;
  const conflict = error instanceof ApiError && error.kind === 'CONFLICT';
  const busy = add.isPending || correct.isPending;
  const onError = (failure: ApiError): void => {
    if (failure.kind === 'CONFLICT') void refresh(space.id, entityOperations);
  };
  const send = (expectedVersion: string, record: RecordInfo | null, why: string): void => {
    const common = { space: space.id, record: toInput(draft), expectedVersion };
    if (record) correct.mutate({ ...common, id: record.id, reason: why }, { onError });
    else add.mutate({ ...common, about: subject.id }, { onError });
  };
  const again = (record: RecordInfo | null, why: string): void => {
    add.reset();
    correct.reset();
    setSeen({ ...seen, version: subject.version });
    send(subject.version, record, why);
  };
  const ready = isComplete(draft) && (!corrected || reason.trim() !== '');
  return (
    <Dialog wide title={t(corrected ? 'record.correct' : 'record.add', { name: subject.name })} onClose={onClose}
      onSubmit={() => send(seen.version, corrected, reason.trim())} actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        {!conflict && <Button type="submit" look="primary" disabled={!ready || busy}>{t(corrected ? 'record.submitCorrect' : 'record.submitAdd')}</Button>}
      </>}>
      {conflict && (
        <WriteConflict subject={subject} seen={seen.records} draft={draft} busy={busy} onTheirs={onClose}
          onBoth={() => again(corrected && stillStands(subject, corrected) ? corrected : null, reason.trim())}
          onMine={(theirs) => again(theirs, reason.trim() || t('conflictWrite.mineReason'))} />
      )}
      {corrected && <p>{t('record.correctText')}</p>}
      <RecordForm draft={draft} onChange={setDraft} properties={subject.properties} error={error} />
      {corrected && <ReasonField value={reason} onChange={setReason} />}
      {!conflict && <Problem error={error} />}
    </Dialog>
  );
}

function stillStands(subject: Subject, record: RecordInfo): boolean {
  return subject.records.some(({ id, status }) => id === record.id && status !== 'RETRACTED');
}
