import { describe, expect, it } from 'vitest';
import { listed, nothing, reconcile, type Change } from '@/live/reconcile';

interface Item {
  readonly id: string;
  readonly name: string;
}
const a = { id: 'a', name: 'Ilian' };
const b = { id: 'b', name: 'Tamsin' };
const after = (...changes: readonly Change<Item>[]): readonly Item[] => listed(changes.reduce(reconcile<Item>, nothing<Item>()));

describe('reconcile', () => {
  it('shows an answer in its order', () => {
    expect(after({ type: 'answer', items: [b, a] })).toEqual([b, a]);
  });

  it('drops what an answer no longer names', () => {
    expect(after({ type: 'answer', items: [a, b] }, { type: 'answer', items: [b] })).toEqual([b]);
  });

  it('removes what has gone at once', () => {
    expect(after({ type: 'answer', items: [a, b] }, { type: 'gone', id: 'a' })).toEqual([b]);
  });

  it('does not let an answer that was under way bring back what has gone', () => {
    expect(after({ type: 'gone', id: 'a' }, { type: 'answer', items: [a, b] })).toEqual([b]);
  });

  it('takes back what changed after it had gone, once an answer names it', () => {
    const again = after({ type: 'gone', id: 'a' }, { type: 'changed', id: 'a' }, { type: 'answer', items: [a] });
    expect(again).toEqual([a]);
  });

  it('changes nothing when something that is there changed: the answer says how', () => {
    const held = reconcile(nothing<Item>(), { type: 'answer', items: [a] });
    expect(reconcile(held, { type: 'changed', id: 'a' })).toBe(held);
  });

  it('leaves the state before as it was', () => {
    const held = reconcile(nothing<Item>(), { type: 'answer', items: [a] });
    reconcile(held, { type: 'gone', id: 'a' });
    expect(listed(held)).toEqual([a]);
  });
});
