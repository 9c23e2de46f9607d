import { IconPlus, IconTopologyStar3 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useEdits } from '@/api/court';
import { useOntology } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import type { Opened } from '@/features/entities/EntityDialogs';
import type { EntityInfo } from '@/features/entities/queries';
import { useTouch } from '@/live/hooks';
import { formatAge, readersFirst } from '@/text/format';
import { t } from '@/text/text';
import { MarkingPill } from '@/ui/Badges';
import { Button, buttonClass } from '@/ui/Button';
import { useEdge, useNow } from '@/ui/ChangeLine';
import { KindIcon } from '@/ui/KindIcon';
import { StandingIn } from '@/ui/StandingIn';
import styles from '@/features/entities/entity.module.css';

interface Properties {
  readonly entity: EntityInfo;
  readonly onOpen: (opened: Opened) => void;
  /** The tabs. */
  readonly children: ReactNode;
}

/** The newest of the visible records says when and by whom the entity last changed. */
function LastChange({ entity }: { readonly entity: EntityInfo }): ReactNode {
  const now = useNow();
  const last = entity.records.toSorted((a, b) => b.assertedAt.localeCompare(a.assertedAt))[0];
  return last && <span className={styles['dotted']}>{t('entity.changedBy', { age: formatAge(last.assertedAt, now), name: last.assertedBy.name })}</span>;
}

/** Name in every script, kind, markings of its records, and what one can do. */
export function EntityHead({ entity, onOpen, children }: Properties): ReactNode {
  const space = useSpace();
  const { kind } = useOntology();
  const writes = useEdits('WRITE_CONTENT');
  const edge = useEdge(useTouch(entity.id));
  const [name, ...others] = readersFirst([entity.caption, ...entity.otherNames]);
  return (
    <header className={`${styles['head'] ?? ''} ${edge.className}`} style={edge.style}>
      <div className={styles['top']}>
        <KindIcon kind={entity.kind} size={40} />
        <div>
          <div className={styles['names']}>
            <h1><bdi>{name}</bdi></h1>
            <span className={styles['others']}>{others.map((other, at) => <span key={other}>{at > 0 && ' · '}<bdi>{other}</bdi></span>)}</span>
          </div>
          <p className={styles['second']}>
            <span>{kind(entity.kind)?.label ?? entity.kind}</span>
            <LastChange entity={entity} />
            {entity.markings.length > 0 && <span className={styles['dotted']}>{t('entity.someRecords')}</span>}
            {entity.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}
          </p>
        </div>
        <div className={styles['actions']}>
          <StandingIn />
          <Link className={buttonClass()} to={`/s/${space.id}/network?focus=${entity.id}`}><IconTopologyStar3 size={16} aria-hidden />{t('entity.showInChart')}</Link>
          {writes && <Button onClick={() => onOpen({ type: 'addLink' })}>{t('entity.addLink')}</Button>}
          {writes && <Button look="primary" onClick={() => onOpen({ type: 'add', property: null })}><IconPlus size={16} aria-hidden />{t('entity.addRecord')}</Button>}
        </div>
      </div>
      {children}
    </header>
  );
}
