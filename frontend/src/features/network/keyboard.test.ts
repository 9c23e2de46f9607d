import { describe, expect, it, vi } from 'vitest';
import { reconcile } from '@/graphview/model/reconcile';
import { anItem, groupOf } from '@/graphview/model/testChart';
import { ChartController } from '@/features/network/ChartController';
import { carryOut, commandOf, itemTowards } from '@/features/network/keyboard';
import type { Actions } from '@/features/network/useActions';

const key = (name: string, rest: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...rest });

function chart(): ChartController {
  const made = new ChartController(groupOf);
  const items = [anItem('a'), anItem('b')];
  made.store.apply(reconcile(made.store.content(), { type: 'whole' }, { items, links: [] }), new Map([['a', { x: 0, y: 0 }], ['b', { x: 90, y: 5 }]]));
  return made;
}

describe('commandOf', () => {
  it.each([['e', 'expand'], ['P', 'paths'], ['t', 'table'], ['/', 'find'], ['?', 'keys'], ['0', 'fit'], ['Escape', 'clear'], [' ', 'toggle']])(
    '%s is %s', (name, command) => expect(commandOf(key(name), true)).toBe(command),
  );

  it('tells undo from redo', () => {
    expect(commandOf(key('z', { ctrlKey: true }), true)).toBe('undo');
    expect(commandOf(key('Z', { ctrlKey: true, shiftKey: true }), true)).toBe('redo');
  });

  it('leaves single letters alone when they are turned off, but no other key', () => {
    expect(commandOf(key('e'), false)).toBeNull();
    expect(commandOf(key('ArrowLeft'), false)).toBe('left');
  });

  it("leaves the browser's own combinations alone", () => {
    expect(commandOf(key('t', { ctrlKey: true }), true)).toBeNull();
    expect(commandOf(key('e', { altKey: true }), true)).toBeNull();
  });
});

describe('the arrow keys', () => {
  it('lead from the selected item to the nearest one', () => {
    const made = chart();
    made.select(['a']);
    expect(itemTowards(made, 'right')).toBe('b');
    expect(itemTowards(made, 'left')).toBeNull();
  });

  it('say where they lead', () => {
    const made = chart();
    const say = vi.fn();
    made.select(['a']);
    carryOut('right', { controller: made, actions: {} as Actions, say, onTable: vi.fn(), onFind: vi.fn(), onMenu: vi.fn() });
    expect(say).toHaveBeenCalledWith('b');
  });
});
