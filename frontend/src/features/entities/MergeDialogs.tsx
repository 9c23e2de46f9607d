import { useState, type ReactNode } from 'react';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { Merge, Unmerge, type EntityInfo } from '@/features/entities/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { emptyDraft, isComplete, toInput } from '@/ui/records/draft';
import { ReasonField, RecordForm } from '@/ui/records/RecordForm';
import { Problem } from '@/ui/States';

interface Closing {
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}
interface MergeProperties extends Closing {
  readonly entity: EntityInfo;
  readonly other: { readonly id: string; readonly caption: string };
}

/** Joins two entities on the word of a source; no record moves. */
export function MergeDialog({ entity, other, onClose, onDone }: MergeProperties): ReactNode {
  const space = useSpace();
  const [draft, setDraft] = useState(() => emptyDraft(entity.records[0]?.case?.id ?? space.cases[0]?.id ?? '', []));
  const merge = useAct(Merge, onDone);
  return (
    <Dialog wide title={t('merge.title', { a: entity.caption, b: other.caption })} onClose={onClose}
      onSubmit={() => merge.mutate({ space: space.id, a: entity.id, b: other.id, record: toInput(draft) })} actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" disabled={!isComplete(draft, true) || merge.isPending}>{t('merge.submit')}</Button>
      </>}>
      <p>{t('merge.text')}</p>
      <RecordForm draft={draft} onChange={setDraft} properties={[]} error={merge.error} />
      <Problem error={merge.error} />
    </Dialog>
  );
}

interface UnmergeProperties extends Closing {
  readonly sameAs: string;
  readonly name: string;
}

export function UnmergeDialog({ sameAs, name, onClose, onDone }: UnmergeProperties): ReactNode {
  const space = useSpace();
  const [reason, setReason] = useState('');
  const undo = useAct(Unmerge, onDone);
  return (
    <Dialog title={t('unmerge.title', { name })} onClose={onClose} onSubmit={() => undo.mutate({ space: space.id, sameAs, reason: reason.trim() })} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look="primary" disabled={!reason.trim() || undo.isPending}>{t('unmerge.submit')}</Button>
    </>}>
      <p>{t('unmerge.text')}</p>
      <ReasonField value={reason} onChange={setReason} />
      <Problem error={undo.error} />
    </Dialog>
  );
}
