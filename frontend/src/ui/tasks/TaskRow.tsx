import { IconCheck, IconCircle, IconCircleCheck, IconCircleHalf2, IconCircleX, IconCloudUp, IconHourglass, type Icon } from '@tabler/icons-react';
import type { HTMLAttributes, KeyboardEventHandler, ReactNode } from 'react';
import { Link } from 'react-router';
import { useConnection } from '@/api/connection';
import type { TaskState } from '@/api/generated/graphql';
import { useChanging, type TaskInfo } from '@/api/tasks';
import { t } from '@/text/text';
import { MarkingPill, PersonTag, Pill } from '@/ui/Badges';
import { IconButton } from '@/ui/Button';
import { DueClock } from '@/ui/tasks/DueClock';
import { useNarrow } from '@/ui/useNarrow';
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
  /** The clock stands below the title, as on a phone. */
  readonly compact?: boolean;
  /** Who just changed it. */
  readonly note?: ReactNode;
  /** Further controls at the end. */
  readonly end?: ReactNode;
  /** Keys on the title, by which the row is moved. */
  readonly onKeyDown?: KeyboardEventHandler;
  readonly row?: HTMLAttributes<HTMLLIElement> & { readonly 'data-task'?: string };
}

/** Says that a change of this task has not gone out yet. */
function Waits({ task }: { readonly task: string }): ReactNode {
  const { offlineSince, restartingSince } = useConnection();
  const changing = useChanging();
  if (!changing.has(task) || !(offlineSince ?? restartingSince)) return null;
  return <span className={styles['waits']}><IconCloudUp size={14} aria-hidden />{t('state.waits')}</span>;
}

function Second({ space, task, children }: { readonly space: string; readonly task: TaskInfo; readonly children: ReactNode }): ReactNode {
  const person = task.assignee?.person;
  return (
    <span className={styles['second']}>
      {children}
      <span className={styles['who']}>
        {person && <PersonTag small name={person.name} country={person.agency.country} />}
        <bdi>{assigneeName(task)}</bdi>
      </span>
      {task.priority === 'HIGH' && <Pill>{t('taskPriority.HIGH')}</Pill>}
      {task.entities.map(({ id, caption }) => <Link key={id} to={`/s/${space}/entities/${id}`}><bdi>{caption}</bdi></Link>)}
      {task.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}
      <Waits task={task.id} />
    </span>
  );
}

/** One task: state, title, person, what it is about, clock at the end. */
export function TaskRow({ space, task, now, onFinish, compact = false, note, end, onKeyDown, row }: Properties): ReactNode {
  const Glyph = icons[task.state];
  const below = useNarrow() || compact;
  const clock = <DueClock task={task} now={now} />;
  const finish = onFinish && task.mayWork && !isClosed(task) &&
    <IconButton label={t('tasks.finish', { title: task.title })} icon={<IconCheck size={16} aria-hidden />} onClick={() => onFinish(task)} />;
  return (
    <li {...row} className={`${styles['row'] ?? ''} ${row?.className ?? ''}`}>
      <span className={`${styles['state'] ?? ''} ${task.state === 'DONE' ? (styles['done'] ?? '') : ''}`} title={t(`taskState.${task.state}`)}>
        <Glyph size={20} stroke={1.6} aria-hidden /><span className="visually-hidden">{t(`taskState.${task.state}`)}</span>
      </span>
      <div className={`${styles['words'] ?? ''} ${isClosed(task) ? (styles['closed'] ?? '') : ''}`}>
        <Link to={`/s/${space}/tasks/${task.id}`} {...(onKeyDown ? { onKeyDown, 'aria-keyshortcuts': 'Control+ArrowRight Control+ArrowLeft' } : {})}><bdi>{task.title}</bdi></Link>
        <Second space={space} task={task}>{below && clock}</Second>
        {note}
      </div>
      <span className={styles['end']}>{!below && clock}{finish}{end}</span>
    </li>
  );
}
