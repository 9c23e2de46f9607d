import type { TaskState } from '@/api/generated/graphql';

export type Column = Exclude<TaskState, 'CANCELLED'>;

/** The columns of the board, in the order in which work goes. */
export const columns: readonly Column[] = ['OPEN', 'DOING', 'WAITING', 'DONE'];

/** How many columns on a key leads; 0 for any other key. Left and right follow the direction of writing; up and down serve columns that stand below one another. */
export function stepOf(key: string, direction: 'ltr' | 'rtl'): -1 | 0 | 1 {
  if (key === 'ArrowDown') return 1;
  if (key === 'ArrowUp') return -1;
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return 0;
  return (key === 'ArrowRight') === (direction === 'ltr') ? 1 : -1;
}

/** The column a step further; null at the end. */
export function columnBeside(state: TaskState, step: number): Column | null {
  const at = columns.findIndex((each) => each === state);
  return at < 0 ? null : (columns[at + step] ?? null);
}

interface Placed {
  readonly id: string;
  readonly state: TaskState;
  readonly stateAt: string;
}

/** Each task once, as it was moved last: of two columns asked for one after the other both may hold it for a moment. */
export function newest<T extends Placed>(rows: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const row of rows) {
    const known = found.get(row.id);
    if (!known || known.stateAt < row.stateAt) found.set(row.id, row);
  }
  return [...found.values()];
}

/** Those that stand elsewhere than `before`, not what is new. */
export function moved<T extends Pick<Placed, 'id' | 'state'>>(before: ReadonlyMap<string, TaskState>, rows: readonly T[]): readonly T[] {
  return rows.filter(({ id, state }) => before.has(id) && before.get(id) !== state);
}
