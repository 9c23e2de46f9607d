import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { refresh } from '@/api/cache';
import type { ExhibitKind } from '@/api/generated/graphql';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { kindNamed } from '@/features/evidence/draft';
import { changedOperations, exhibitKinds, RegisterExhibit } from '@/features/evidence/queries';
import { belonging, ChoiceFields, gradeOf, type Belonging } from '@/features/evidence/uploads/ChoiceFields';
import { FilesField } from '@/features/evidence/uploads/FilesField';
import { useUploads } from '@/features/evidence/uploads/useUploads';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextArea, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import { zone } from '@/ui/tasks/due';
import styles from '@/features/evidence/evidence.module.css';

interface Draft extends Belonging {
  readonly title: string;
  readonly kind: ExhibitKind;
  readonly seal: string;
  readonly place: string;
  readonly personFrom: string;
  readonly at: string;
  readonly reason: string;
}
/** What is taken into custody without a file comes first. */
const kinds: readonly ExhibitKind[] = ['DEVICE', 'OBJECT', ...exhibitKinds.filter((kind) => kind !== 'DEVICE' && kind !== 'OBJECT')];
const empty = { title: '', kind: 'DEVICE', seal: '', place: '', personFrom: '', at: '', reason: '' } as const;

function Fields({ draft, set }: { readonly draft: Draft; readonly set: (part: Partial<Draft>) => void }): ReactNode {
  return (
    <>
      <div className={styles['fields']}>
        <TextField label={t('evidence.titleField')} maxLength={300} value={draft.title} onChange={(title) => set({ title })} />
        <SelectField label={t('evidence.kind')} value={draft.kind} onChange={(name) => set({ kind: kindNamed(name, draft.kind) })}>
          {kinds.map((each) => <option key={each} value={each}>{t(`exhibitKind.${each}`)}</option>)}
        </SelectField>
        <TextField mono label={t('exhibit.sealNumber')} value={draft.seal} onChange={(seal) => set({ seal })} />
        <TextField type="datetime-local" dir="ltr" label={t('registering.at')} hint={t('custody.atHint', { zone: zone() })} value={draft.at} onChange={(at) => set({ at })} />
        <TextField label={t('exhibit.place')} value={draft.place} onChange={(place) => set({ place })} />
        <TextField label={t('exhibit.personFrom')} value={draft.personFrom} onChange={(personFrom) => set({ personFrom })} />
      </div>
      <TextArea label={t('custody.reason')} rows={2} value={draft.reason} onChange={(reason) => set({ reason })} />
      <ChoiceFields value={draft} set={set} />
    </>
  );
}

/** Registers what has no file, such as a telephone in a sealed bag; a photograph of it becomes an exhibit that is derived from it. */
export function RegisterDialog({ inCase, onClose }: { readonly inCase: string; readonly onClose: () => void }): ReactNode {
  const { id: space, cases } = useSpace();
  const navigate = useNavigate();
  const { queue } = useUploads();
  const [draft, setDraft] = useState<Draft>({ ...belonging(inCase || (cases.length === 1 ? (cases[0]?.id ?? '') : '')), ...empty });
  const [photo, setPhoto] = useState<File | null>(null);
  const act = useAct(RegisterExhibit, async ({ registerExhibit: { id } }) => {
    const { case: of, handling, markings } = draft;
    if (photo) void queue.add([photo], { case: of, title: '', grade: '', handling, markings, parent: id, derivation: 'OTHER', language: '', zone: zone() });
    await refresh(space, changedOperations);
    onClose();
    void navigate(`/s/${space}/evidence/${id}`);
  });
  const send = (): void => {
    const at = draft.at ? new Date(draft.at).toISOString() : null;
    act.mutate({
      space, case: draft.case, parent: null, markings: [...draft.markings],
      exhibit: {
        title: draft.title.trim(), kind: draft.kind, grade: gradeOf(draft) || null, handling: draft.handling, acquiredAt: at, acquiredZone: zone(),
        sealNumber: draft.seal.trim(), place: draft.place.trim(), personFrom: draft.personFrom.trim(),
      },
      custody: { at, zone: zone(), place: draft.place.trim(), reason: draft.reason.trim(), condition: '', seal: draft.seal.trim() },
    });
  };
  return (
    <Dialog wide title={t('registering.title')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!draft.title.trim() || !draft.case || act.isPending}>{t('registering.submit')}</Button>
    </>}>
      {cases.length === 0 && <p>{t('evidence.noCase')}</p>}
      <Fields draft={draft} set={(part) => setDraft({ ...draft, ...part })} />
      <FilesField camera label={t('registering.photo')} hint={photo ? t('registering.photoTaken', { name: photo.name }) : t('registering.photoHint')} onChange={([taken]) => setPhoto(taken ?? null)} />
      <Problem error={act.error} />
    </Dialog>
  );
}
