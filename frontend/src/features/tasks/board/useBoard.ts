import { useEffect, useRef, useState } from 'react';
import { refresh } from '@/api/cache';
import { ApiError } from '@/api/errors';
import type { TaskFilter, TaskState } from '@/api/generated/graphql';
import { useAct } from '@/api/hooks';
import { useMe } from '@/api/session';
import { ChangeTask, taskOperations, useTasks, type TaskInfo } from '@/api/tasks';
import { moved, newest, type Column } from '@/features/tasks/board/columns';
import { useReconciled } from '@/live/useReconciled';
import { t } from '@/text/text';

function useColumn(space: string, filter: TaskFilter, state: Column) {
  const rows = useTasks(space, { ...filter, states: [state] });
  return { rows, shown: useReconciled(space, rows.data?.items) };
}

export type ColumnRows = ReturnType<typeof useColumn>;

/** What was just said of a move, for those who do not see it. */
function useSaid(all: readonly TaskInfo[]): readonly [string, (text: string) => void] {
  const me = useMe();
  const [said, say] = useState('');
  const before = useRef<ReadonlyMap<string, TaskState>>(new Map());
  useEffect(() => {
    const last = moved(before.current, all).at(-1);
    before.current = new Map([...before.current, ...all.map(({ id, state }) => [id, state] as const)]);
    if (!last) return;
    const words = { title: last.title, column: t(`taskState.${last.state}`), name: last.stateBy?.name ?? '' };
    say(last.stateBy?.id === me.id ? t('board.moved', words) : t('board.movedBy', words));
  }, [all, me.id]);
  return [said, say];
}

/** The four columns, moving a task between them, what is said of it, and whom a move met. */
export function useBoard(space: string, filter: TaskFilter) {
  const found: Record<Column, ColumnRows> = {
    OPEN: useColumn(space, filter, 'OPEN'),
    DOING: useColumn(space, filter, 'DOING'),
    WAITING: useColumn(space, filter, 'WAITING'),
    DONE: useColumn(space, filter, 'DONE'),
  };
  const all = newest([...found.OPEN.shown, ...found.DOING.shown, ...found.WAITING.shown, ...found.DONE.shown]);
  const [said, say] = useSaid(all);
  const [met, setMet] = useState<string | null>(null);
  const change = useAct(ChangeTask, () => refresh(space, [...taskOperations, 'Activity']));
  const move = (task: TaskInfo, to: Column): void => {
    if (task.state === to) return;
    setMet(null);
    if (!task.mayWork) {
      say(t('board.notYours', { title: task.title }));
      return;
    }
    change.mutate({ space, id: task.id, task: { state: to }, expectedVersion: task.version }, {
      onError: (error) => {
        if (error instanceof ApiError && error.kind === 'CONFLICT') setMet(t('board.met', { title: task.title }));
        void refresh(space, taskOperations);
      },
    });
  };
  return { found, all, said, move, met, error: met ? null : change.error };
}
