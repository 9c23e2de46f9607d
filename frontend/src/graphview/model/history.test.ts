import { describe, expect, it } from 'vitest';
import { History } from '@/graphview/model/history';

function counter(): { history: History; value: () => number; add: (by: number) => void } {
  const history = new History(3);
  let value = 0;
  const add = (by: number): void => history.run({ name: `add ${by}`, apply: () => { value += by; }, revert: () => { value -= by; } });
  return { history, value: () => value, add };
}

describe('History', () => {
  it('takes back and does again', () => {
    const { history, value, add } = counter();
    add(2);
    history.undo();
    expect(value()).toBe(0);
    history.redo();
    expect(value()).toBe(2);
  });

  it('forgets what was undone once something new is done', () => {
    const { history, add } = counter();
    add(2);
    history.undo();
    add(5);
    expect(history.redoable).toBeNull();
  });

  it('says what comes next, and does nothing when there is nothing', () => {
    const { history, add } = counter();
    add(7);
    expect(history.undoable).toBe('add 7');
    history.undo();
    expect(history.undo()).toBeNull();
  });

  it('remembers no more than its limit', () => {
    const { history, value, add } = counter();
    for (const by of [1, 1, 1, 1]) add(by);
    while (history.undo());
    expect(value()).toBe(1);
  });
});
