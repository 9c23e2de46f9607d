import { IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { ChangeTaskItems, taskOperations, type TaskInfo } from '@/api/tasks';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { EntityPicker } from '@/ui/records/EntityPicker';
import { Problem } from '@/ui/States';
import styles from '@/ui/tasks/tasks.module.css';

interface LineProperties {
  readonly name: string;
  readonly onRemove: (() => void) | null;
  readonly children: ReactNode;
}

function Line({ name, onRemove, children }: LineProperties): ReactNode {
  return (
    <div className={styles['step']}>
      {children}
      {onRemove && <IconButton small label={t('task.removeFrom', { name })} icon={<IconX size={14} aria-hidden />} onClick={onRemove} />}
    </div>
  );
}

/** What a task is about, of what the reader sees; whoever works on it adds and takes off. */
export function About({ of }: { readonly of: TaskInfo }): ReactNode {
  const { id } = useSpace();
  const [round, setRound] = useState(0);
  const act = useAct(ChangeTaskItems, () => refresh(id, [...taskOperations, 'Activity']));
  const remove = (item: string): (() => void) | null => (of.mayWork ? () => act.mutate({ space: id, id: of.id, add: [], remove: [item] }) : null);
  const add = (item: string): void => {
    act.mutate({ space: id, id: of.id, add: [item], remove: [] });
    setRound(round + 1);
  };
  if (!of.mayWork && of.entities.length + of.links.length === 0) return null;
  return (
    <Panel title={t('task.about')}>
      {of.entities.length + of.links.length === 0 && <p className={styles['second']}>{t('task.nothing')}</p>}
      {of.entities.map((entity) => (
        <Line key={entity.id} name={entity.caption} onRemove={remove(entity.id)}><Link to={`/s/${id}/entities/${entity.id}`}><bdi>{entity.caption}</bdi></Link></Line>
      ))}
      {of.links.map((link) => (
        <Line key={link.id} name={`${link.source.caption} – ${link.target.caption}`} onRemove={remove(link.id)}>
          <span><bdi>{link.source.caption}</bdi> – <bdi>{link.target.caption}</bdi></span>
        </Line>
      ))}
      {of.mayWork && <EntityPicker key={round} label={t('task.relate')} picked={null} except="" onPick={(found) => found && add(found.id)} />}
      <Problem error={act.error} />
    </Panel>
  );
}
