import { IconArrowsSplit2, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { EntityRow } from '@/api/entityRows';
import { useOntology } from '@/api/ontology';
import type { Reconciled } from '@/api/reconciled';
import { formatCount } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode, GradeCode, HandlingCode, StandingMark } from '@/ui/Badges';
import { isFallen } from '@/ui/facts/standing';
import { ChangeLine, useEdge, type ChangeBy } from '@/ui/ChangeLine';
import { KindIcon } from '@/ui/KindIcon';
import styles from '@/ui/EntityTable.module.css';

interface Properties {
  readonly space: string;
  readonly rows: Reconciled<readonly EntityRow[]>;
  readonly caption: string;
  readonly changeOf?: ((id: string) => ChangeBy | null) | undefined;
}

/** How the records of an entity stand, and that some carry a marking. */
function State({ row }: { readonly row: EntityRow }): ReactNode {
  return (
    <span className={styles['state']}>
      {row.standing === 'CONFLICT'
        ? <span className={styles['warn']}><IconArrowsSplit2 size={14} aria-hidden className="mirrored" />{t('table.conflict')}</span>
        : <StandingMark standing={row.standing} count={row.sources} />}
      {row.marked && <span className={styles['quiet']}><IconLock size={13} aria-hidden />{t('table.marked')}</span>}
    </span>
  );
}

function Row({ space, row, change }: { readonly space: string; readonly row: EntityRow; readonly change: ChangeBy | null }): ReactNode {
  const { kind } = useOntology();
  const edge = useEdge(change);
  const fallen = isFallen(row.standing);
  return (
    <tr>
      <td className={edge.className} style={edge.style}>
        <span className={styles['caption']} data-fallen={fallen || undefined}><KindIcon kind={row.kind} /><Link to={`/s/${space}/entities/${row.id}`}><bdi>{row.caption}</bdi></Link></span>
        {change && <span className={styles['change']}><ChangeLine change={change} /></span>}
        <span className={styles['onlyNarrow']}><State row={row} /></span>
      </td>
      <td className={`${styles['second'] ?? ''} ${styles['hideNarrow'] ?? ''}`}>{kind(row.kind)?.label ?? row.kind}</td>
      <td className={styles['number']}>{formatCount(row.degree)}</td>
      <td className={`${styles['number'] ?? ''} ${styles['hideNarrow'] ?? ''}`}>{formatCount(row.sources)}</td>
      <td className={styles['hideNarrow']}>
        <State row={row} />
      </td>
      <td className={styles['margin']}>
        <span className={styles['codes']}><GradeCode grade={row.grade} /><HandlingCode code={row.handling} />{row.countries.map((code) => <CountryCode key={code} code={code} />)}</span>
      </td>
    </tr>
  );
}

/** Entities as rows; the margin at the end says the best grade, the strictest handling and who says so. */
export function EntityTable({ space, rows, caption, changeOf }: Properties): ReactNode {
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.name')}</th>
            <th scope="col" className={styles['hideNarrow']}>{t('table.kind')}</th>
            <th scope="col" className={styles['number']}>{t('table.links')}</th>
            <th scope="col" className={`${styles['number'] ?? ''} ${styles['hideNarrow'] ?? ''}`}>{t('table.sources')}</th>
            <th scope="col" className={styles['hideNarrow']}>{t('table.standing')}</th>
            <th scope="col" className={styles['margin']}>{t('table.margin')}</th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={row.id} space={space} row={row} change={changeOf?.(row.id) ?? null} />)}</tbody>
      </table>
    </div>
  );
}
