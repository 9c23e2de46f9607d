import type { TaskInfo } from '@/api/tasks';

export type Group = 'late' | 'soon' | 'waiting' | 'later' | 'closed';
type Dated = Pick<TaskInfo, 'due' | 'state'>;

const order: readonly Group[] = ['late', 'soon', 'waiting', 'later', 'closed'];

/** The end of tomorrow, by the reader's own calendar. */
function endOfTomorrow(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 2).getTime();
}

/** Where in somebody's day a task stands: what waits for others is theirs, unless it is late. */
export function groupOf({ due, state }: Dated, now: number): Group {
  if (state === 'DONE' || state === 'CANCELLED') return 'closed';
  const moment = due ? Date.parse(due) : Infinity;
  if (moment < now) return 'late';
  if (state === 'WAITING') return 'waiting';
  return moment < endOfTomorrow(now) ? 'soon' : 'later';
}

/** The same tasks in their groups, in the order of the day; empty groups are left out. */
export function grouped<T extends Dated>(tasks: readonly T[], now: number): readonly (readonly [Group, readonly T[]])[] {
  return order.map((group) => [group, tasks.filter((task) => groupOf(task, now) === group)] as const).filter(([, rows]) => rows.length > 0);
}
