import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { graphql } from '@/api/generated/gql';
import { useAct } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField } from '@/ui/Field';
import { emptyDraft, toInput, type Cite } from '@/ui/records/draft';
import { EntityPicker, type Picked } from '@/ui/records/EntityPicker';
import { choicesFor } from '@/ui/records/linkChoices';
import { RecordForm } from '@/ui/records/RecordForm';
import { Problem } from '@/ui/States';

const AddLink = graphql(`
  mutation AddLink($space: ID!, $kind: String!, $source: ID!, $target: ID!, $record: RecordInput!, $key: String!) {
    addLink(space: $space, kind: $kind, source: $source, target: $target, record: $record, key: $key) { id }
  }
`);

interface Properties {
  readonly from: Picked;
  /** The other end, where it is known already. */
  readonly to?: Picked | null;
  readonly inCase?: string | null;
  /** What its first record is to cite. */
  readonly cite?: Cite | null;
  readonly onClose: () => void;
  readonly onAdded: (link: string) => void;
}

/** Adds a link between two entities with its first record. */
export function AddLinkDialog({ from, to = null, inCase = null, cite = null, onClose, onAdded }: Properties): ReactNode {
  const space = useSpace();
  const ontology = useOntology();
  const [other, setOther] = useState<Picked | null>(to);
  const [chosen, setChosen] = useState('');
  const [draft, setDraft] = useState(() => emptyDraft(inCase ?? space.cases[0]?.id ?? '', [], cite));
  const choices = choicesFor(ontology.linkKinds, ontology.kind(from.kind), other ? ontology.kind(other.kind) : undefined);
  const choice = choices.find(({ value }) => value === chosen);
  const add = useAct(AddLink, async ({ addLink }) => {
    await refresh(space.id, ['Entity', 'EntityLinks', 'EntityRows', 'Activity']);
    onAdded(addLink.id);
  });
  const send = (): void => {
    if (!other || !choice) return;
    const [source, target] = choice.outward ? [from.id, other.id] : [other.id, from.id];
    add.mutate({ space: space.id, kind: choice.kind.name, source, target, record: toInput(draft) });
  };
  const complete = other && choice && draft.case && draft.sourceTitle.trim();
  return (
    <Dialog wide title={t('addLink.title', { name: from.caption })} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!complete || add.isPending}>{t('addLink.submit')}</Button>
    </>}>
      <EntityPicker label={t('addLink.other')} picked={other} onPick={setOther} except={from.id} />
      <SelectField label={t('addLink.kind')} value={choice?.value ?? ''} onChange={setChosen}>
        <option value="">{t('addLink.choose')}</option>
        {choices.map(({ value, kind, outward }) => (
          <option key={value} value={value}>{outward ? t('addLink.outward', { label: kind.label }) : t('addLink.inward', { label: kind.reverse })}</option>
        ))}
      </SelectField>
      <RecordForm draft={draft} onChange={setDraft} properties={choice?.kind.properties ?? []} error={add.error} />
      <Problem error={add.error} />
    </Dialog>
  );
}
