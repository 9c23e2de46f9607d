import { IconCheck, IconCircle, IconCircleCheck, IconCircleHalf2, IconCircleX, IconHourglass, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { TaskState } from '@/api/generated/graphql';
import type { TaskInfo } from '@/api/tasks';
import { t } from '@/text/text';
import { MarkingPill, PersonTag, Pill } from '@/ui/Badges';
import { IconButton } from '@/ui/Button';
import { DueClock } from '@/ui/tasks/DueClock';
import styles from '@/ui/tasks/tasks.module.css';

const icons: Record<TaskState, Icon> = { OPEN: IconCircle, DOING: IconCircleHalf2, WAITING: IconHourglass, DONE: IconCircleCheck, CANCELLED: IconCircleX };

export const isClosed = ({ state }: Pick<TaskInfo, 'state'>): boolean => state === 'DONE' || state === 'CANCELLED';

/** Who has a task, in words. */
export function assigneeName({ assignee }: Pick<TaskInfo, 'assignee'>): string {
  if (assignee?.person) return assignee.person.name;
  if (assignee?.role) return t(`role.${assignee.role}`);
  return assignee?.agency?.name ?? t('tasks.nobody');
}

interface Properties {
  readonly space: string;
  readonly task: TaskInfo;
  readonly now: number;
  /** Finishes it at once; left out where the row is only to read. */
  readonly onFinish?: ((task: TaskInfo) => void) | undefined;
}

/** One task: state, title, person, what it is about, clock at the end. */
export function TaskRow({ space, task, now, onFinish }: Properties): ReactNode {
  const Glyph = icons[task.state];
  const person = task.assignee?.person;
  return (
    <li className={styles['row']}>
      <span className={`${styles['state'] ?? ''} ${task.state === 'DONE' ? (styles['done'] ?? '') : ''}`} title={t(`taskState.${task.state}`)}>
        <Glyph size={20} stroke={1.6} aria-hidden /><span className="visually-hidden">{t(`taskState.${task.state}`)}</span>
      </span>
      <div className={`${styles['words'] ?? ''} ${isClosed(task) ? (styles['closed'] ?? '') : ''}`}>
        <Link to={`/s/${space}/tasks/${task.id}`}><bdi>{task.title}</bdi></Link>
        <span className={styles['second']}>
          {person && <PersonTag small name={person.name} country={person.agency.country} />}
          <bdi>{assigneeName(task)}</bdi>
          {task.priority === 'HIGH' && <Pill>{t('taskPriority.HIGH')}</Pill>}
          {task.entities.map(({ id, caption }) => <Link key={id} to={`/s/${space}/entities/${id}`}><bdi>{caption}</bdi></Link>)}
          {task.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}
        </span>
      </div>
      <span className={styles['end']}>
        <DueClock task={task} now={now} />
        {onFinish && task.mayWork && !isClosed(task) &&
          <IconButton label={t('tasks.finish', { title: task.title })} icon={<IconCheck size={16} aria-hidden />} onClick={() => onFinish(task)} />}
      </span>
    </li>
  );
}
