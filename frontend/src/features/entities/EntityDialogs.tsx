import type { ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useOntology } from '@/api/ontology';
import type { RecordInfo } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { MarkRecordDialog, ReleaseRecordDialog, RetractDialog } from '@/features/entities/DecisionDialogs';
import { MergeDialog, UnmergeDialog } from '@/features/entities/MergeDialogs';
import { afterChange, type EntityInfo, type LinkInfo } from '@/features/entities/queries';
import { RecordDialog, type Subject } from '@/features/entities/RecordDialog';
import { AddLinkDialog } from '@/ui/records/AddLinkDialog';

/** The dialog that is open on an entity, and what it is about. */
export type Opened =
  | { readonly type: 'add'; readonly property: string | null }
  | { readonly type: 'correct' | 'retract' | 'mark' | 'release'; readonly record: RecordInfo; readonly about: string }
  | { readonly type: 'addLink' }
  | { readonly type: 'merge'; readonly other: { readonly id: string; readonly caption: string } }
  | { readonly type: 'unmerge'; readonly sameAs: string; readonly name: string };

interface Properties {
  readonly entity: EntityInfo;
  readonly links: readonly LinkInfo[];
  readonly opened: Opened;
  readonly onClose: () => void;
}

/** The entity itself or one of its links, whichever a record is about. */
function useSubject({ entity, links }: Properties, about: string): Subject {
  const { kind, link } = useOntology();
  const found = links.find(({ id }) => id === about);
  return found
    ? { id: found.id, name: link(found.kind)?.label ?? found.label, version: found.version, records: found.records, properties: link(found.kind)?.properties ?? [], featured: [] }
    : { id: entity.id, name: entity.caption, version: entity.version, records: entity.records, properties: kind(entity.kind)?.properties ?? [], featured: kind(entity.kind)?.featured ?? [] };
}

export function EntityDialogs(properties: Properties): ReactNode {
  const { entity, opened, onClose } = properties;
  const space = useSpace();
  const subject = useSubject(properties, 'about' in opened ? opened.about : entity.id);
  const onDone = async (): Promise<void> => {
    await refresh(space.id, afterChange);
    onClose();
  };
  switch (opened.type) {
    case 'add': return <RecordDialog subject={subject} corrected={null} property={opened.property} onClose={onClose} onDone={onDone} />;
    case 'correct': return <RecordDialog subject={subject} corrected={opened.record} property={null} onClose={onClose} onDone={onDone} />;
    case 'retract': return <RetractDialog subject={subject} record={opened.record} onClose={onClose} onDone={onDone} />;
    case 'mark': return <MarkRecordDialog subject={subject} record={opened.record} onClose={onClose} onDone={onDone} />;
    case 'release': return <ReleaseRecordDialog subject={subject} record={opened.record} onClose={onClose} onDone={onDone} />;
    case 'addLink': return <AddLinkDialog from={entity} onClose={onClose} onAdded={onClose} />;
    case 'merge': return <MergeDialog entity={entity} other={opened.other} onClose={onClose} onDone={onDone} />;
    case 'unmerge': return <UnmergeDialog sameAs={opened.sameAs} name={opened.name} onClose={onClose} onDone={onDone} />;
    default: return opened satisfies never;
  }
}
