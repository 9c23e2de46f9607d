import { useState, type ReactNode } from 'react';
import type { ApiError } from '@/api/errors';
import { useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { MarkingChoices } from '@/ui/records/MarkingChoices';
import { ReasonField } from '@/ui/records/RecordForm';
import { Problem } from '@/ui/States';

interface Properties {
  readonly title: string;
  readonly text: string;
  readonly submit: string;
  /** The markings that the thing carries, all of which the reader holds. */
  readonly carried: readonly { readonly id: string; readonly name: string }[];
  readonly pending: boolean;
  readonly error: ApiError | null;
  readonly onClose: () => void;
}

/** Puts further markings on something: only ones that the reader holds. */
export function MarkDialog({ title, text, none, submit, carried, pending, error, onSend, onClose }: Properties & {
  readonly none: string; readonly onSend: (markings: readonly string[]) => void;
}): ReactNode {
  const space = useSpace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const known = new Set(carried.map(({ id }) => id));
  const further = space.markings.map(({ marking }) => marking).filter(({ id }) => !known.has(id));
  return (
    <Dialog title={title} onClose={onClose} onSubmit={() => onSend(chosen)} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={chosen.length === 0 || pending}>{submit}</Button>
    </>}>
      <p>{text}</p>
      {further.length === 0 ? <p>{none}</p> : <MarkingChoices of={further} chosen={chosen} onChange={setChosen} />}
      <Problem error={error} />
    </Dialog>
  );
}

/** Takes markings off something: a logged decision of the owning authority, which says why. */
export function ReleaseDialog({ title, text, submit, carried, pending, error, onSend, onClose }: Properties & {
  readonly onSend: (markings: readonly string[], reason: string) => void;
}): ReactNode {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  return (
    <Dialog title={title} onClose={onClose} onSubmit={() => onSend(chosen, reason.trim())} actions={<>
      <Button onClick={onClose}>{t('ui.keep')}</Button>
      <Button type="submit" look="danger" disabled={chosen.length === 0 || !reason.trim() || pending}>{submit}</Button>
    </>}>
      <p>{text}</p>
      <MarkingChoices of={carried} chosen={chosen} onChange={setChosen} />
      <ReasonField value={reason} onChange={setReason} />
      <Problem error={error} />
    </Dialog>
  );
}
