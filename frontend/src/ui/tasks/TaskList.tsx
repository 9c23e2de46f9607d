import type { ReactNode } from 'react';
import { refresh } from '@/api/cache';
import type { TaskFilter } from '@/api/generated/graphql';
import { useAct } from '@/api/hooks';
import { ChangeTask, taskOperations, useTasks, type TaskInfo } from '@/api/tasks';
import type { Reconciled } from '@/api/reconciled';
import { formatCount } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { useNow } from '@/ui/ChangeLine';
import { Panel } from '@/ui/Panel';
import { Answer, Problem } from '@/ui/States';
import { grouped } from '@/ui/tasks/groups';
import { TaskRow } from '@/ui/tasks/TaskRow';
import styles from '@/ui/tasks/tasks.module.css';

export interface ListProperties {
  readonly space: string;
  readonly filter: TaskFilter;
  readonly title: ReactNode;
  readonly icon?: ReactNode;
  /** What stands beside the count. */
  readonly action?: ReactNode;
  readonly foot?: ReactNode;
  /** At most so many rows, without a way to more; how many there are is said in the foot then. */
  readonly most?: number;
  /** In groups as a day goes: late, today and tomorrow, waiting, later. */
  readonly byDay?: boolean;
  /** What stands where there are none. */
  readonly empty: ReactNode;
  /** Drops what notices said to be gone; the live layer gives it. */
  readonly reconciled: (space: string, items: readonly TaskInfo[] | undefined) => Reconciled<readonly TaskInfo[]>;
}

/** Tasks under a filter, page by page, each to be finished where it stands. */
export function TaskList({ space, filter, title, icon, action, foot, most, byDay = false, empty, reconciled: useShown }: ListProperties): ReactNode {
  const rows = useTasks(space, filter);
  const shown = useShown(space, rows.data?.items);
  const now = useNow();
  const change = useAct(ChangeTask, () => refresh(space, [...taskOperations, 'Activity']));
  const finish = (task: TaskInfo): void => change.mutate({ space, id: task.id, task: { state: 'DONE' }, expectedVersion: task.version }, {
    onError: () => void refresh(space, taskOperations),
  });
  const list = (tasks: readonly TaskInfo[]): ReactNode =>
    <ul>{tasks.map((task) => <TaskRow key={task.id} space={space} task={task} now={now} onFinish={finish} />)}</ul>;
  const days = (): ReactNode => grouped(shown, now).map(([group, tasks]) => (
    <section key={group} aria-label={t(`taskGroup.${group}`)}>
      <h3 className={styles['group']}>{t(`taskGroup.${group}`)}<span>{!rows.hasNextPage && formatCount(tasks.length)}</span></h3>
      {list(tasks)}
    </section>
  ));
  return (
    <Panel flush title={title} icon={icon} end={<>{!most && rows.data && formatCount(rows.data.total)} {action}</>} foot={foot}>
      <Problem error={change.error} />
      <Answer of={rows} rows={4}>
        {() => shown.length === 0 ? empty : byDay ? days() : list(shown.slice(0, most))}
      </Answer>
      {!most && rows.hasNextPage && <div className={styles['more']}><Button disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>{t('ui.loadMore')}</Button></div>}
    </Panel>
  );
}
