import { useState, type ReactNode } from 'react';
import type { EntityKind, LinkKind } from '@/api/ontology';
import type { FactInfo, RecordInfo } from '@/api/records';
import { MarkingPill, StandingMark } from '@/ui/Badges';
import { ChangeLine, useEdge, type ChangeBy } from '@/ui/ChangeLine';
import { ConflictBlock } from '@/ui/facts/ConflictBlock';
import styles from '@/ui/facts/facts.module.css';
import { SourceMargin } from '@/ui/facts/SourceMargin';
import { byStrength, valueStanding } from '@/ui/facts/standing';
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

interface RowProperties extends Pick<Shared, 'menuOf'> {
  readonly fact: FactInfo;
  readonly value: FactInfo['values'][number];
  readonly type: string | undefined;
  readonly change: ChangeBy | null;
}

/** One value: what is said at the start, who says so in the margin. */
export function FactRow({ fact, value, type, change, menuOf }: RowProperties): ReactNode {
  const [open, setOpen] = useState(false);
  const edge = useEdge(change);
  const records = byStrength(value.records);
  const { standing, count, weak } = valueStanding(value);
  const struck = standing === 'RETRACTED' || standing === 'EXCLUDED';
  const markings = new Map(value.records.flatMap((record) => record.markings.map(({ id, name }) => [id, name])));
  const mark = <StandingMark standing={standing} count={count} weak={weak} />;
  return (
    <>
      {records.slice(0, open ? undefined : 1).map((record, at) => (
        <div key={record.id} className={`${styles['row'] ?? ''} ${edge.className}`} style={edge.style}>
          <div className={styles['said']}>
            {at === 0 && <span className={styles['label']}>{fact.label}</span>}
            {at === 0 && <span className={`${styles['value'] ?? ''} ${struck ? (styles['struck'] ?? '') : ''}`}><ValueText value={value.value} type={type} /></span>}
            {at === 0 && (records.length > 1
              ? <button type="button" className={styles['unfold']} aria-expanded={open} onClick={() => setOpen(!open)}>{mark}</button>
              : mark)}
            {at === 0 && markings.size > 0 && <span className={styles['pills']}>{[...markings].map(([id, name]) => <MarkingPill key={id} name={name} />)}</span>}
            {at === 0 && change && <ChangeLine change={change} />}
          </div>
          <SourceMargin record={record} menu={menuOf?.(record)} />
        </div>
      ))}
    </>
  );
}

/** Facts with their source margins, for side panels and phones: disagreeing ones as one block. */
export function FactList({ facts, kind, onAssess, changeOf, menuOf }: Shared & { readonly facts: readonly FactInfo[] }): ReactNode {
  return facts.map((fact) => fact.standing === 'CONFLICT'
    ? <ConflictBlock key={fact.property} fact={fact} type={propertyType(kind, fact.property)}
        onAssess={onAssess && (() => onAssess(fact.property))} menuOf={menuOf} />
    : fact.values.map((value) => (
        <FactRow key={`${fact.property} ${value.value}`} fact={fact} value={value} type={propertyType(kind, fact.property)}
          change={changeOf ? (value.records.map(changeOf).find(Boolean) ?? null) : null} menuOf={menuOf} />
      )));
}
