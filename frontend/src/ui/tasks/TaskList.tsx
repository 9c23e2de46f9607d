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
import { TaskRow } from '@/ui/tasks/TaskRow';
import styles from '@/ui/tasks/tasks.module.css';

export interface ListProperties {
  readonly space: string;
  readonly filter: TaskFilter;
  readonly title: string;
  /** What stands beside the count. */
  readonly action?: ReactNode;
  /** What stands where there are none. */
  readonly empty: ReactNode;
  /** Drops what notices said to be gone; the live layer gives it. */
  readonly reconciled: (space: string, items: readonly TaskInfo[] | undefined) => Reconciled<readonly TaskInfo[]>;
}

/** Tasks under a filter, page by page, each to be finished where it stands. */
export function TaskList({ space, filter, title, action, empty, reconciled: useShown }: ListProperties): ReactNode {
  const rows = useTasks(space, filter);
  const shown = useShown(space, rows.data?.items);
  const now = useNow();
  const change = useAct(ChangeTask, () => refresh(space, [...taskOperations, 'Activity']));
  const finish = (task: TaskInfo): void => change.mutate({ space, id: task.id, task: { state: 'DONE' }, expectedVersion: task.version });
  return (
    <Panel flush title={title} end={<>{rows.data && formatCount(rows.data.total)} {action}</>}>
      <Problem error={change.error} />
      <Answer of={rows} rows={4}>
        {() => shown.length === 0 ? empty : <ul>{shown.map((task) => <TaskRow key={task.id} space={space} task={task} now={now} onFinish={finish} />)}</ul>}
      </Answer>
      {rows.hasNextPage && <div className={styles['more']}><Button disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>{t('ui.loadMore')}</Button></div>}
    </Panel>
  );
}
