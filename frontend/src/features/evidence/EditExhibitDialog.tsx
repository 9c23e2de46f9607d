import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { ApiError } from '@/api/errors';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { changesOf, derivationNamed, details, draftOf, kindNamed, lists, type ExhibitDraft } from '@/features/evidence/draft';
import { ChangeExhibit, changedOperations, derivations, exhibitKinds, exhibitOperations, type ExhibitInfo } from '@/features/evidence/queries';
import { gradeOf, GradeFields } from '@/features/evidence/uploads/ChoiceFields';
import { formatZoned } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextArea, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import { zone } from '@/ui/tasks/due';
import styles from '@/features/evidence/evidence.module.css';

/** What the server has now where it differs from what the form began with. */
function Theirs({ now, begun }: { readonly now: ExhibitInfo; readonly begun: ExhibitDraft }): ReactNode {
  const draft = draftOf(now);
  const texts = ([...details, ...lists] as const).filter((name) => draft[name] !== begun[name]);
  return (
    <div role="alert" className={styles['theirs']}>
      <p>{t('exhibit.conflict')}</p>
      <dl className={styles['facts']}>
        {draft.title !== begun.title && <div><dt>{t('evidence.titleField')}</dt><dd><bdi>{now.title}</bdi></dd></div>}
        {draft.kind !== begun.kind && <div><dt>{t('evidence.kind')}</dt><dd>{t(`exhibitKind.${now.kind}`)}</dd></div>}
        {now.derivation && draft.derivation !== begun.derivation && <div><dt>{t('exhibit.derivation')}</dt><dd>{t(`derivation.${now.derivation}`)}</dd></div>}
        {gradeOf(draft) !== gradeOf(begun) && <div><dt>{t('record.grade')}</dt><dd><bdi dir="ltr">{now.grade ?? t('record.ungraded')}</bdi></dd></div>}
        {draft.handling !== begun.handling && <div><dt>{t('record.handling')}</dt><dd><bdi dir="ltr">{now.handling}</bdi></dd></div>}
        {draft.acquired !== begun.acquired && <div><dt>{t('exhibit.acquired')}</dt><dd><bdi>{formatZoned(now.acquiredAt, now.acquiredZone)}</bdi></dd></div>}
        {texts.map((name) => <div key={name}><dt>{t(`exhibit.${name}`)}</dt><dd><bdi>{draft[name] || t('ui.none')}</bdi></dd></div>)}
      </dl>
    </div>
  );
}

function Fields({ draft, set }: { readonly draft: ExhibitDraft; readonly set: (part: Partial<ExhibitDraft>) => void }): ReactNode {
  return (
    <>
      <TextField label={t('evidence.titleField')} maxLength={300} value={draft.title} onChange={(title) => set({ title })} />
      <div className={styles['fields']}>
        <SelectField label={t('evidence.kind')} value={draft.kind} onChange={(name) => set({ kind: kindNamed(name, draft.kind) })}>
          {exhibitKinds.map((each) => <option key={each} value={each}>{t(`exhibitKind.${each}`)}</option>)}
        </SelectField>
        <TextField type="datetime-local" dir="ltr" label={t('exhibit.acquired')} hint={t('task.dueHint', { zone: zone() })} value={draft.acquired} onChange={(acquired) => set({ acquired })} />
      </div>
      {draft.derivation && (
        <SelectField label={t('exhibit.derivation')} value={draft.derivation} onChange={(name) => set({ derivation: derivationNamed(name) })}>
          {derivations.map((each) => <option key={each} value={each}>{t(`derivation.${each}`)}</option>)}
        </SelectField>
      )}
      <GradeFields value={draft} set={set} />
      <details className={styles['optional']}>
        <summary>{t('exhibit.about')}</summary>
        <div className={styles['fields']}>
          {details.map((name) => <TextField key={name} label={t(`exhibit.${name}`)} mono={name === 'sealNumber' || name === 'mediaId'} value={draft[name]} onChange={(text) => set({ [name]: text })} />)}
          {lists.map((name) => <TextArea key={name} rows={2} label={t(`exhibit.${name}`)} hint={t('exhibit.oneALine')} value={draft[name]} onChange={(text) => set({ [name]: text })} />)}
        </div>
      </details>
    </>
  );
}

/** Changes what is said of an exhibit; where a colleague changed the same, both versions show and nothing typed is lost. */
export function EditExhibitDialog({ of, onClose }: { readonly of: ExhibitInfo; readonly onClose: () => void }): ReactNode {
  const { id: space } = useSpace();
  const [begun] = useState(of);
  const [draft, setDraft] = useState(() => draftOf(of));
  const act = useAct(ChangeExhibit, async () => {
    await refresh(space, changedOperations);
    onClose();
  });
  const conflict = act.error instanceof ApiError && act.error.kind === 'CONFLICT';
  const send = (): void => {
    const exhibit = changesOf(draft, draftOf(begun));
    if (Object.keys(exhibit).length === 0) {
      onClose();
      return;
    }
    act.mutate({ space, id: of.id, exhibit, expectedVersion: conflict ? of.version : begun.version }, {
      onError: (error) => {
        if (error.kind === 'CONFLICT') void refresh(space, exhibitOperations);
      },
    });
  };
  return (
    <Dialog wide title={t('exhibit.editTitle', { number: of.number })} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{conflict ? t('task.takeTheirs') : t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!draft.title.trim() || act.isPending}>{conflict ? t('task.takeMine') : t('task.save')}</Button>
    </>}>
      {conflict && <Theirs now={of} begun={draftOf(begun)} />}
      <Fields draft={draft} set={(part) => setDraft({ ...draft, ...part })} />
      {!conflict && <Problem error={act.error} />}
    </Dialog>
  );
}
