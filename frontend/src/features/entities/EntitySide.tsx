import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useEdits } from '@/api/court';
import { useOntology } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import { taskOperations } from '@/api/tasks';
import type { Opened } from '@/features/entities/EntityDialogs';
import { LinkLine } from '@/features/entities/LinkLine';
import type { EntityInfo } from '@/features/entities/queries';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { formatCount } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { KindIcon } from '@/ui/KindIcon';
import { Panel } from '@/ui/Panel';
import { whyOperations, WhyPanel } from '@/ui/sight/WhyPanel';
import { TasksPanel } from '@/ui/tasks/TasksPanel';
import styles from '@/features/entities/entity.module.css';

/** What the server calls a kind of identifier. */
const identifierTexts = {
  iban: 'identifier.iban', account: 'identifier.account', phone: 'identifier.phone', email: 'identifier.email', wallet: 'identifier.wallet', passport: 'identifier.passport', id: 'identifier.id',
  company: 'identifier.company', vat: 'identifier.vat', lei: 'identifier.lei', bic: 'identifier.bic', imo: 'identifier.imo', isin: 'identifier.isin', card: 'identifier.card',
  imei: 'identifier.imei', imsi: 'identifier.imsi', mac: 'identifier.mac', serial: 'identifier.serial', plate: 'identifier.plate',
} as const;

interface Properties {
  readonly entity: EntityInfo;
  readonly onOpen: (opened: Opened) => void;
}

const identifierText = (type: string): string => (type in identifierTexts ? t(identifierTexts[type as keyof typeof identifierTexts]) : type);

function SharedPanel({ entity, onOpen }: Properties): ReactNode {
  const space = useSpace();
  const merges = useEdits('MERGE');
  if (entity.sharedIdentifiers.length === 0) return null;
  return (
    <Panel flush title={t('shared.title')} end={entity.sharedIdentifiers.length} foot={t('shared.foot')}>
      {entity.sharedIdentifiers.map(({ type, value, entity: other }) => (
        <div key={`${type} ${value} ${other.id}`} className={styles['shared']}>
          <span className={styles['sharedHead']}><KindIcon kind={other.kind} /><Link to={`/s/${space.id}/entities/${other.id}`}><bdi>{other.caption}</bdi></Link>
            {merges && other.kind === entity.kind && <Button small onClick={() => onOpen({ type: 'merge', other })}>{t('shared.merge')}</Button>}</span>
          <span className={styles['xs']}>{identifierText(type)} <bdi dir="ltr" className={styles['mono']}>{value}</bdi></span>
        </div>
      ))}
    </Panel>
  );
}

function MergedPanel({ entity, onOpen }: Properties): ReactNode {
  const merges = useEdits('MERGE');
  if (entity.merged.length === 0) return null;
  return (
    <Panel flush title={t('merged.title')} end={entity.merged.length} foot={t('merged.foot')}>
      {entity.merged.map(({ id, caption, kind, sameAs }) => (
        <div key={id} className={styles['shared']}>
          <span className={styles['sharedHead']}><KindIcon kind={kind} /><bdi>{caption}</bdi>
            {merges && sameAs && <Button small onClick={() => onOpen({ type: 'unmerge', sameAs, name: caption })}>{t('merged.undo')}</Button>}</span>
        </div>
      ))}
    </Panel>
  );
}

/** Links of a kind that reads the same both ways are counted together. */
function LinksPanel({ entity }: Pick<Properties, 'entity'>): ReactNode {
  const ontology = useOntology();
  const rows = new Map<string, { linkClass: string; count: number }>();
  for (const { linkKind, label, linkClass, direction, count } of entity.linkCounts) {
    const said = (direction === 'IN' ? ontology.link(linkKind)?.reverse : ontology.link(linkKind)?.label) ?? label;
    rows.set(said, { linkClass, count: count + (rows.get(said)?.count ?? 0) });
  }
  return (
    <Panel flush title={t('linksPanel.title')} end={formatCount(entity.degree)}>
      {[...rows].map(([said, { linkClass, count }]) => (
        <div key={said} className={styles['linkRow']}>
          <LinkLine linkClass={linkClass} />
          <span>{said}</span>
          <span>{formatCount(count)}</span>
        </div>
      ))}
    </Panel>
  );
}

function Why({ entity }: Pick<Properties, 'entity'>): ReactNode {
  useRefreshOn(useSpace().id, whyOperations);
  return <WhyPanel of="ENTITY" id={entity.id} markings={entity.markings} />;
}

function EntityTasks({ entity: { id, caption } }: Pick<Properties, 'entity'>): ReactNode {
  useRefreshOn(useSpace().id, taskOperations);
  return <TasksPanel about={{ id, name: caption }} reconciled={useReconciled} />;
}

/** Beside the records: who sees this, what may be the same, what it was merged with, its links by kind. */
export function EntitySide(properties: Properties): ReactNode {
  const aside = useRef<HTMLElement>(null);
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === '#why') aside.current?.focus();
  }, [hash]);
  return (
    <aside ref={aside} id="why" tabIndex={-1} className={styles['side']} aria-label={t('why.title')}>
      <Why entity={properties.entity} />
      <EntityTasks entity={properties.entity} />
      <SharedPanel {...properties} />
      <MergedPanel {...properties} />
      <LinksPanel entity={properties.entity} />
    </aside>
  );
}
