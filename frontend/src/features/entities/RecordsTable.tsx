import { Fragment, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useEdits } from '@/api/court';
import type { EntityKind } from '@/api/ontology';
import type { Reconciled } from '@/api/reconciled';
import type { FactInfo, RecordInfo } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import type { Opened } from '@/features/entities/EntityDialogs';
import type { EntityInfo, LinkInfo } from '@/features/entities/queries';
import { RecordMenu } from '@/features/entities/RecordMenu';
import { bySection, sectionOrder } from '@/features/entities/sections';
import { useRecordChange } from '@/features/entities/useRecordChange';
import { tieOf } from '@/features/entities/ties';
import { useTouches } from '@/live/hooks';
import { formatDay, shortName } from '@/text/format';
import { propertyName } from '@/text/ontology';
import { t } from '@/text/text';
import { MarkingPill, StandingMark } from '@/ui/Badges';
import { ChangeLine, useEdge, type ChangeBy } from '@/ui/ChangeLine';
import { ConflictBlock } from '@/ui/facts/ConflictBlock';
import { propertyType } from '@/ui/facts/FactList';
import { Reason } from '@/ui/facts/Reason';
import { Locator, SourceCodes } from '@/ui/facts/SourceMargin';
import { byStrength, isFallen, standingOf, standingValues } from '@/ui/facts/standing';
import { ValueText } from '@/ui/facts/ValueText';
import styles from '@/features/entities/entity.module.css';

export interface TableProperties {
  readonly entity: EntityInfo;
  readonly links: Reconciled<readonly LinkInfo[]>;
  readonly kind: EntityKind | undefined;
  readonly onOpen: (opened: Opened) => void;
}

const sectionTexts = { identity: 'entity.sectionIdentity', identifiers: 'entity.sectionIdentifiers', other: 'entity.sectionOther' } as const;

interface RowProperties {
  readonly label: ReactNode;
  readonly said: ReactNode;
  readonly records: readonly RecordInfo[];
  readonly about: string;
  readonly change: ChangeBy | null;
  readonly onOpen: (opened: Opened) => void;
}

/** One value with its strongest source; Enter on the standing unfolds the others. */
function SaidRow({ label, said, records, about, change, onOpen }: RowProperties): ReactNode {
  const [open, setOpen] = useState(false);
  const edge = useEdge(change);
  const sorted = byStrength(records);
  const { standing, count, weak } = standingOf(records);
  const struck = isFallen(standing);
  const mark = <StandingMark standing={standing} count={count} weak={weak} />;
  return sorted.slice(0, open ? undefined : 1).map((record, at) => (
    <tr key={record.id} className={styles['row']}>
      <td className={`${styles['property'] ?? ''} ${edge.className}`} style={edge.style}>{at === 0 && label}</td>
      <td>
        {at === 0 && <div className={styles['value']}>
          <span className={struck ? styles['struck'] : undefined}>{said}</span>
          {record.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}
        </div>}
        {at > 0 && record.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}
        <Reason of={record} className={styles['xs']} />
      </td>
      <td className={styles['source']}><Locator record={record} /></td>
      <td className={styles['grade']}><SourceCodes record={record} /></td>
      <td className={styles['saidBy']}>{change ? <ChangeLine brief change={change} /> : t('source.saidBy', { name: shortName(record.assertedBy.name), day: formatDay(record.assertedAt) })}</td>
      <td>
        <div className={styles['end']}>
          {at > 0 && <StandingMark standing={isFallen(record.status) ? record.status : 'ONE_SOURCE'} count={1} />}
          {at === 0 && (sorted.length > 1
            ? <button type="button" className={styles['unfold']} aria-expanded={open} onClick={() => setOpen(!open)}>{mark}</button>
            : mark)}
          <RecordMenu record={record} about={about} onOpen={onOpen} />
        </div>
      </td>
    </tr>
  ));
}

function FactRows({ fact, entity, kind, onOpen }: Omit<TableProperties, 'links'> & { readonly fact: FactInfo }): ReactNode {
  const writes = useEdits('WRITE_CONTENT');
  const changeOf = useRecordChange();
  const type = propertyType(kind, fact.property);
  const settled = fact.standing === 'CONFLICT' ? fact.values.filter((value) => !standingValues(fact).includes(value)) : fact.values;
  const rows = settled.map((value, at) => (
    <SaidRow key={value.value} label={at === 0 && propertyName(fact.property, fact.label)} said={<ValueText value={value.value} type={type} />} records={value.records}
      about={entity.id} change={value.records.map((record) => changeOf(entity.id, record)).find(Boolean) ?? null} onOpen={onOpen} />
  ));
  if (fact.standing !== 'CONFLICT') return rows;
  return (
    <>
      <tr><td colSpan={6} className={styles['conflictCell']}>
        <ConflictBlock fact={fact} type={type} onAssess={writes ? () => onOpen({ type: 'add', property: fact.property }) : undefined}
          menuOf={(record) => <RecordMenu record={record} about={entity.id} onOpen={onOpen} />} />
      </td></tr>
      {rows}
    </>
  );
}

function TieRows({ entity, links, onOpen }: TableProperties): ReactNode {
  const space = useSpace();
  const freshTouch = useTouches();
  return links.map((link) => {
    const { label, other } = tieOf(link, entity);
    return (
      <SaidRow key={link.id} label={label} said={<Link to={`/s/${space.id}/entities/${other.id}`}><bdi>{other.caption}</bdi></Link>}
        records={link.records} about={link.id} change={freshTouch(link.id)} onOpen={onOpen} />
    );
  });
}

/** Every fact and tie with its source margin, in sections. */
export function RecordsTable(properties: TableProperties): ReactNode {
  const { entity, links, kind, onOpen } = properties;
  const sections = bySection(entity.facts, kind);
  const head = (text: string): ReactNode => <tr className={styles['sectionHead']}><th scope="colgroup" colSpan={6}>{text}</th></tr>;
  const facts = (section: (typeof sectionOrder)[number]): ReactNode => {
    const rows = sections.get(section) ?? [];
    return rows.length > 0 && (
      <Fragment key={section}>
        {head(t(sectionTexts[section]))}
        {rows.map((fact) => <FactRows key={fact.property} fact={fact} entity={entity} kind={kind} onOpen={onOpen} />)}
      </Fragment>
    );
  };
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('entity.tableCaption', { name: entity.caption })}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles['cProperty']}>{t('entity.property')}</th>
            <th scope="col">{t('entity.said')}</th>
            <th scope="col" className={styles['cSource']}>{t('entity.source')}</th>
            <th scope="col" className={styles['cGrade']}>{t('entity.gradeHandling')}</th>
            <th scope="col" className={styles['cSaid']}>{t('entity.saidBy')}</th>
            <th scope="col" className={styles['cStanding']}>{t('entity.standing')}</th>
          </tr>
        </thead>
        <tbody>
          {facts('identity')}
          {facts('identifiers')}
          {links.length > 0 && <>{head(t('entity.sectionTies'))}<TieRows {...properties} /></>}
          {facts('other')}
        </tbody>
      </table>
    </div>
  );
}
