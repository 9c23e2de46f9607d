import { expect, it } from 'vitest';
import { grouped, groupOf } from '@/ui/tasks/groups';

const now = new Date(2026, 10, 23, 12).getTime();
const at = (day: number, hour: number): string => new Date(2026, 10, day, hour).toISOString();

it.each([
  [at(23, 11), 'OPEN', 'late'],
  [at(23, 11), 'WAITING', 'late'],
  [at(23, 13), 'DOING', 'soon'],
  [at(24, 23), 'OPEN', 'soon'],
  [at(25, 0), 'OPEN', 'later'],
  [at(24, 23), 'WAITING', 'waiting'],
  [null, 'OPEN', 'later'],
  [at(23, 11), 'DONE', 'closed'],
] as const)('%s, %s is %s', (due, state, group) => {
  expect(groupOf({ due, state }, now)).toBe(group);
});

it('keeps the order of the day and leaves empty groups out', () => {
  const tasks = [{ due: null, state: 'OPEN' }, { due: at(22, 9), state: 'DOING' }] as const;
  expect(grouped(tasks, now).map(([group]) => group)).toEqual(['late', 'later']);
});
