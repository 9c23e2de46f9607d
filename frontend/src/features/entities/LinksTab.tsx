import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useOntology } from '@/api/ontology';
import type { Reconciled } from '@/api/reconciled';
import { useSpace } from '@/api/SpaceContext';
import type { Opened } from '@/features/entities/EntityDialogs';
import type { EntityInfo, LinkInfo } from '@/features/entities/queries';
import { RecordMenu } from '@/features/entities/RecordMenu';
import { tieLabel, tieOf } from '@/features/entities/ties';
import { useTouches } from '@/live/hooks';
import { propertyName } from '@/text/ontology';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import type { ChangeBy } from '@/ui/ChangeLine';
import { SaidRow } from '@/ui/facts/SaidRow';
import { LinkLine } from '@/features/entities/LinkLine';
import { KindIcon } from '@/ui/KindIcon';
import styles from '@/features/entities/entity.module.css';

interface Properties {
  readonly entity: EntityInfo;
  readonly links: Reconciled<readonly LinkInfo[]>;
  readonly onMore: (() => void) | null;
  readonly onOpen: (opened: Opened) => void;
}

function LinkRow({ entity, link, change, onOpen }: { readonly entity: EntityInfo; readonly link: LinkInfo; readonly change: ChangeBy | null; readonly onOpen: Properties['onOpen'] }): ReactNode {
  const space = useSpace();
  const ontology = useOntology();
  const { other, outward } = tieOf(link, entity);
  const said = link.facts.flatMap((fact) => fact.values.map(({ value }) => `${propertyName(fact.property, fact.label)}: ${value}`)).join(' · ');
  return (
    <li>
      <SaidRow label={<><LinkLine linkClass={link.linkClass} strength={link.strength} /> {tieLabel(link, outward, ontology)}</>}
        records={link.records} change={change} more={said && <span className={styles['xs']}><bdi>{said}</bdi></span>}
        menuOf={(record) => <RecordMenu record={record} about={link.id} onOpen={onOpen} />}>
        <span className={styles['sharedHead']}><KindIcon kind={other.kind} size={18} /><Link to={`/s/${space.id}/entities/${other.id}`}><bdi>{other.caption}</bdi></Link></span>
      </SaidRow>
    </li>
  );
}

/** The links of an entity, each with its strongest source. */
export function LinksTab({ entity, links, onMore, onOpen }: Properties): ReactNode {
  const change = useTouches();
  return (
    <>
      <ul>{links.map((link) => <LinkRow key={link.id} entity={entity} link={link} change={change(link.id)} onOpen={onOpen} />)}</ul>
      {onMore && <div className={styles['more']}><Button onClick={onMore}>{t('entity.moreLinks')}</Button></div>}
    </>
  );
}
