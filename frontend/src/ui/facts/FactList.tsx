import type { ReactNode } from 'react';
import type { EntityKind, LinkKind } from '@/api/ontology';
import type { FactInfo, RecordInfo } from '@/api/records';
import { propertyName } from '@/text/ontology';
import type { ChangeBy } from '@/ui/ChangeLine';
import { ConflictBlock } from '@/ui/facts/ConflictBlock';
import { SaidRow } from '@/ui/facts/SaidRow';
import { ValueText } from '@/ui/facts/ValueText';

interface Shared {
  /** The kind of entity or link the facts are about, for the types of its properties. */
  readonly kind?: Pick<EntityKind | LinkKind, 'properties'> | undefined;
  readonly onAssess?: ((property: string) => void) | undefined;
  /** Who just changed a record, if another person did. */
  readonly changeOf?: ((record: RecordInfo) => ChangeBy | null) | undefined;
  /** What can be done with a record. */
  readonly menuOf?: ((record: RecordInfo) => ReactNode) | undefined;
}

/** The ontology's type of a property. */
export const propertyType = (kind: Shared['kind'], property: string): string | undefined =>
  kind?.properties.find(({ name }) => name === property)?.type;

/** Facts with their source margins, for side panels and phones: disagreeing ones as one block. */
export function FactList({ facts, kind, onAssess, changeOf, menuOf }: Shared & { readonly facts: readonly FactInfo[] }): ReactNode {
  return facts.map((fact) => fact.standing === 'CONFLICT'
    ? <ConflictBlock key={fact.property} fact={fact} type={propertyType(kind, fact.property)}
        onAssess={onAssess && (() => onAssess(fact.property))} menuOf={menuOf} />
    : fact.values.map((value) => (
        <SaidRow key={`${fact.property} ${value.value}`} label={propertyName(fact.property, fact.label)} records={value.records} menuOf={menuOf}
          change={changeOf ? (value.records.map(changeOf).find(Boolean) ?? null) : null}>
          <ValueText value={value.value} type={propertyType(kind, fact.property)} />
        </SaidRow>
      )));
}
