import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { listOperations } from '@/api/entityRows';
import { graphql } from '@/api/generated/gql';
import { useAct } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField } from '@/ui/Field';
import { emptyDraft, isComplete, toInput, type Cite } from '@/ui/records/draft';
import { RecordForm } from '@/ui/records/RecordForm';
import { Problem } from '@/ui/States';

const AddEntity = graphql(`
  mutation AddEntity($space: ID!, $kind: String!, $record: RecordInput!, $key: String!) {
    addEntity(space: $space, kind: $kind, record: $record, key: $key) { id kind caption }
  }
`);

interface Properties {
  readonly onClose: () => void;
  /** Told the new entity's id. */
  readonly onAdded: (id: string) => void;
  /** The case chosen at first. */
  readonly inCase?: string | null;
  /** What its first record is to cite. */
  readonly cite?: Cite | null;
}

/** Adds an entity with its first record. */
export function AddEntityDialog({ onClose, onAdded, inCase = null, cite = null }: Properties): ReactNode {
  const space = useSpace();
  const ontology = useOntology();
  const [kind, setKind] = useState('Person');
  const info = ontology.kind(kind);
  const shown = (name: string): readonly string[] => ontology.kind(name)?.featured.slice(0, 3) ?? ['name'];
  const [draft, setDraft] = useState(() => emptyDraft(inCase ?? space.cases[0]?.id ?? '', shown('Person'), cite));
  const add = useAct(AddEntity, ({ addEntity }) => {
    void refresh(space.id, [...listOperations, 'Activity', 'SpaceCases']);
    onAdded(addEntity.id);
  });
  const choose = (next: string): void => {
    setKind(next);
    const typed = draft.values.filter(({ value }) => value.trim());
    const further = shown(next).filter((name) => !typed.some(({ property }) => property === name));
    setDraft({ ...draft, values: [...typed, ...further.map((property) => ({ property, value: '' }))] });
  };
  return (
    <Dialog wide title={t('addEntity.title')} onClose={onClose} onSubmit={() => add.mutate({ space: space.id, kind, record: toInput(draft) })}
      actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" disabled={!isComplete(draft) || add.isPending}>{t('addEntity.submit')}</Button>
      </>}>
      <SelectField label={t('entities.kind')} value={kind} onChange={choose}>
        {ontology.entityKinds.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}
      </SelectField>
      <RecordForm draft={draft} onChange={setDraft} properties={info?.properties ?? []} error={add.error} />
      <Problem error={add.error} />
    </Dialog>
  );
}
