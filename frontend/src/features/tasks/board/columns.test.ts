import { describe, expect, it } from 'vitest';
import { columnBeside, moved, newest, stepOf } from '@/features/tasks/board/columns';

describe('the board', () => {
  it.each([
    ['ArrowRight', 'ltr', 1], ['ArrowLeft', 'ltr', -1], ['ArrowRight', 'rtl', -1], ['ArrowLeft', 'rtl', 1],
    ['ArrowDown', 'rtl', 1], ['ArrowUp', 'ltr', -1], ['Enter', 'ltr', 0],
  ] as const)('%s in %s leads %d columns on', (key, direction, step) => {
    expect(stepOf(key, direction)).toBe(step);
  });

  it('ends at its first and last column', () => {
    expect([columnBeside('OPEN', 1), columnBeside('OPEN', -1), columnBeside('DONE', 1), columnBeside('CANCELLED', 1)]).toEqual(['DOING', null, null, null]);
  });

  it('holds a task once, where it was moved last', () => {
    const rows = [{ id: 'a', state: 'OPEN', stateAt: '1' }, { id: 'b', state: 'OPEN', stateAt: '1' }, { id: 'a', state: 'DOING', stateAt: '2' }] as const;
    expect(newest(rows).map(({ id, state }) => `${id} ${state}`)).toEqual(['a DOING', 'b OPEN']);
    expect(newest(rows.toReversed()).map(({ id, state }) => `${id} ${state}`)).toEqual(['a DOING', 'b OPEN']);
  });

  it('tells what stands elsewhere than before, not what is new', () => {
    const before = new Map([['a', 'OPEN'], ['b', 'DOING']] as const);
    const rows = [{ id: 'a', state: 'DONE' }, { id: 'b', state: 'DOING' }, { id: 'c', state: 'OPEN' }] as const;
    expect(moved(before, rows).map(({ id }) => id)).toEqual(['a']);
  });
});
