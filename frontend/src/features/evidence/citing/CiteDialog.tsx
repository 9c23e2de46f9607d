import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct, useAsk } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import { AddRecord } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { CitedAboutDocument } from '@/features/evidence/citing/queries';
import { exhibitOperations } from '@/features/evidence/queries';
import { t } from '@/text/text';
import { Button, LinkButton } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { AddEntityDialog } from '@/ui/records/AddEntityDialog';
import { AddLinkDialog } from '@/ui/records/AddLinkDialog';
import { emptyDraft, isComplete, toInput, type Cite, type RecordDraft } from '@/ui/records/draft';
import { EntityPicker, type Picked } from '@/ui/records/EntityPicker';
import { RecordForm } from '@/ui/records/RecordForm';
import { Problem } from '@/ui/States';
import styles from '@/features/evidence/citing/citing.module.css';

interface Properties {
  readonly cite: Cite;
  /** The case of the exhibit. */
  readonly inCase: string | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}
type Instead = 'entity' | 'link' | null;

/** The record while it is being written: the selected text stands under the first property of what it is about. */
function useCiting(cite: Cite, inCase: string | null) {
  const { cases } = useSpace();
  const ontology = useOntology();
  const [about, setAbout] = useState<Picked | null>(null);
  const [draft, setDraft] = useState<RecordDraft>(() => emptyDraft(inCase ?? cases[0]?.id ?? '', ['name'], cite));
  const properties = (about && ontology.kind(about.kind)?.properties) ?? [];
  const pick = (next: Picked | null): void => {
    setAbout(next);
    const kind = next ? ontology.kind(next.kind) : undefined;
    if (!kind) return;
    const first = kind.featured[0] ?? kind.properties[0]?.name ?? 'name';
    setDraft({ ...draft, values: draft.values.map((each) => (kind.properties.some(({ name }) => name === each.property) ? each : { ...each, property: first })) });
  };
  return { about, pick, draft, setDraft, properties };
}

/** Makes a record from what is selected in an exhibit: of what it is said, and under which property; source and place are there already. */
export function CiteDialog({ cite, inCase, onClose, onDone }: Properties): ReactNode {
  const { id } = useSpace();
  const [instead, setInstead] = useState<Instead>(null);
  const { about, pick, draft, setDraft, properties } = useCiting(cite, inCase);
  const now = useAsk(CitedAboutDocument, { space: id, id: about?.id ?? '' }, { space: id, enabled: about !== null });
  const done = async (): Promise<void> => {
    await refresh(id, [...exhibitOperations, 'Entity', 'EntityLinks', 'EntityRows', 'Activity']);
    onDone();
  };
  const act = useAct(AddRecord, done);
  const conflict = act.error?.kind === 'CONFLICT';
  const version = now.isFetching ? undefined : now.data?.entity.version;
  const send = (): void => {
    if (!about || !version) return;
    act.mutate({ space: id, about: about.id, record: toInput(draft), expectedVersion: version }, {
      onError: ({ kind }) => {
        if (kind === 'CONFLICT') void refresh(id, ['CitedAbout']);
      },
    });
  };
  // What was picked before may have changed since, by this person's own record too.
  const choose = (next: Picked | null): void => {
    void refresh(id, ['CitedAbout']);
    act.reset();
    pick(next);
  };
  const added = (): void => void done();
  if (instead === 'entity') return <AddEntityDialog cite={cite} inCase={draft.case} onClose={onClose} onAdded={added} />;
  if (instead === 'link' && about) return <AddLinkDialog from={about} cite={cite} inCase={draft.case} onClose={onClose} onAdded={added} />;
  const title = <>{t('citing.title', { citation: [cite.exhibit.number, cite.locator].filter(Boolean).join(' ') })}</>;
  return (
    <Dialog wide title={title} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!about || !version || !isComplete(draft) || act.isPending}>{t('record.submitAdd')}</Button>
    </>}>
      {cite.text && <p className={styles['quote']}><span className={styles['label']}>{t('citing.quote')}</span><q><bdi>{cite.text}</bdi></q></p>}
      <EntityPicker label={t('citing.about')} picked={about} onPick={choose} except="" chosenAs={(name) => t('citing.chosen', { name })} />
      {about
        ? <p><LinkButton onClick={() => setInstead('link')}>{t('citing.newLink', { name: about.caption })}</LinkButton></p>
        : <p><LinkButton onClick={() => setInstead('entity')}>{t('citing.newEntity')}</LinkButton></p>}
      {about && <RecordForm draft={draft} onChange={setDraft} properties={properties} error={act.error} />}
      {conflict ? <p role="alert" className={styles['changed']}>{t('citing.changed', { name: about?.caption ?? '' })}</p> : <Problem error={act.error ?? now.error} />}
    </Dialog>
  );
}
