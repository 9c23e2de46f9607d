import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { ChangeTaskItems, taskOperations, type TaskInfo } from '@/api/tasks';
import { formatList } from '@/text/format';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { GroupIcon, KindIcon } from '@/ui/KindIcon';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import { closerCases, type Thing } from '@/ui/tasks/things';
import { ThingFinder } from '@/ui/tasks/ThingFinder';
import styles from '@/ui/tasks/tasks.module.css';

interface LineProperties {
  readonly name: string;
  readonly onRemove: (() => void) | null;
  readonly children: ReactNode;
}

function Line({ name, onRemove, children }: LineProperties): ReactNode {
  return (
    <div className={styles['thing']}>
      {children}
      {onRemove && <IconButton small label={t('task.removeFrom', { name })} icon={<IconX size={14} aria-hidden />} onClick={onRemove} />}
    </div>
  );
}

/** The cases, entities and links that a task is about, of those that the reader sees. */
function Things({ of, onRemove }: { readonly of: TaskInfo; readonly onRemove: (item: string) => (() => void) | null }): ReactNode {
  const { id } = useSpace();
  return (
    <>
      {of.linkedCases.map((each) => (
        <Line key={each.id} name={each.title} onRemove={onRemove(each.id)}><GroupIcon group="case" /><Link to={`/s/${id}/cases/${each.id}`}><bdi>{each.title}</bdi></Link></Line>
      ))}
      {of.entities.map((entity) => (
        <Line key={entity.id} name={entity.caption} onRemove={onRemove(entity.id)}><KindIcon kind={entity.kind} /><Link to={`/s/${id}/entities/${entity.id}`}><bdi>{entity.caption}</bdi></Link></Line>
      ))}
      {of.links.map((link) => (
        <Line key={link.id} name={`${link.source.caption} – ${link.target.caption}`} onRemove={onRemove(link.id)}>
          <span><Link to={`/s/${id}/entities/${link.source.id}`}><bdi>{link.source.caption}</bdi></Link> – <Link to={`/s/${id}/entities/${link.target.id}`}><bdi>{link.target.caption}</bdi></Link></span>
        </Line>
      ))}
    </>
  );
}

/** What a task is about, of what the reader sees; whoever works on it adds and takes off. */
export function About({ of }: { readonly of: TaskInfo }): ReactNode {
  const { id, cases } = useSpace();
  const act = useAct(ChangeTaskItems, () => refresh(id, [...taskOperations, 'Activity']));
  const remove = (item: string): (() => void) | null => (of.mayWork ? () => act.mutate({ space: id, id: of.id, add: [], remove: [item] }) : null);
  const add = ({ id: item }: Thing): void => act.mutate({ space: id, id: of.id, add: [item], remove: [] });
  const there = [...of.linkedCases, ...of.entities, ...of.links].map((each) => each.id);
  if (!of.mayWork && there.length === 0) return null;
  return (
    <Panel title={t('task.about')}>
      {there.length === 0 && <p className={styles['second']}>{t('task.nothing')}</p>}
      <Things of={of} onRemove={remove} />
      {closerCases(of, cases).map(({ id: one, title, lacking }) => (
        <p key={one} className={styles['closer']}>{t('task.closerCase', { name: title, markings: formatList(lacking) })}</p>
      ))}
      {of.mayWork && <ThingFinder label={t('task.relate')} except={of.case ? [...there, of.case.id] : there} onPick={add} />}
      <Problem error={act.error} />
    </Panel>
  );
}
