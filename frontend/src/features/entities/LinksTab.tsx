import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useOntology } from '@/api/ontology';
import type { Reconciled } from '@/api/reconciled';
import { useSpace } from '@/api/SpaceContext';
import type { Opened } from '@/features/entities/EntityDialogs';
import type { EntityInfo, LinkInfo } from '@/features/entities/queries';
import { RecordMenu } from '@/features/entities/RecordMenu';
import { tieLabel, tieOf } from '@/features/entities/ties';
import { useFreshTouches } from '@/live/hooks';
import { t } from '@/text/text';
import { MarkingPill } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { ChangeLine, useEdge, type ChangeBy } from '@/ui/ChangeLine';
import { SourceMargin } from '@/ui/facts/SourceMargin';
import { byStrength } from '@/ui/facts/standing';
import { LinkLine } from '@/features/entities/LinkLine';
import { KindIcon } from '@/ui/KindIcon';
import styles from '@/features/entities/entity.module.css';
import facts from '@/ui/facts/facts.module.css';

interface Properties {
  readonly entity: EntityInfo;
  readonly links: Reconciled<readonly LinkInfo[]>;
  readonly onMore: (() => void) | null;
  readonly onOpen: (opened: Opened) => void;
}

function LinkRow({ entity, link, change, onOpen }: { readonly entity: EntityInfo; readonly link: LinkInfo; readonly change: ChangeBy | null; readonly onOpen: Properties['onOpen'] }): ReactNode {
  const space = useSpace();
  const ontology = useOntology();
  const edge = useEdge(change);
  const { other, outward } = tieOf(link, entity);
  const [strongest] = byStrength(link.records);
  const said = link.facts.flatMap((fact) => fact.values.map(({ value }) => `${fact.label}: ${value}`)).join(' · ');
  return (
    <li className={`${facts['row'] ?? ''} ${edge.className}`} style={edge.style}>
      <div className={facts['said']}>
        <span className={facts['label']}><LinkLine linkClass={link.linkClass} strength={link.strength} /> {tieLabel(link, outward, ontology)}</span>
        <span className={styles['sharedHead']}><KindIcon kind={other.kind} size={18} /><Link to={`/s/${space.id}/entities/${other.id}`}><bdi>{other.caption}</bdi></Link>
          {strongest && <RecordMenu record={strongest} about={link.id} onOpen={onOpen} />}</span>
        {said && <span className={styles['xs']}><bdi>{said}</bdi></span>}
        <span className={facts['pills']}>{[...new Map(link.records.flatMap((record) => record.markings.map(({ id, name }) => [id, name])))].map(([id, name]) => <MarkingPill key={id} name={name} />)}</span>
        {change && <ChangeLine change={change} />}
      </div>
      {strongest && <SourceMargin record={strongest} />}
    </li>
  );
}

/** The links of an entity, each with its strongest source. */
export function LinksTab({ entity, links, onMore, onOpen }: Properties): ReactNode {
  const change = useFreshTouches();
  return (
    <>
      <ul>{links.map((link) => <LinkRow key={link.id} entity={entity} link={link} change={change(link.id)} onOpen={onOpen} />)}</ul>
      {onMore && <div className={styles['more']}><Button onClick={onMore}>{t('entity.moreLinks')}</Button></div>}
    </>
  );
}
