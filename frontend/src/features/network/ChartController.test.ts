import { describe, expect, it } from 'vitest';
import { reconcile } from '@/graphview/model/reconcile';
import { aLink, anItem, groupOf } from '@/graphview/model/testChart';
import { ChartController } from '@/features/network/ChartController';

function controller(): ChartController {
  const made = new ChartController(groupOf);
  const content = { items: ['a', 'b', 'c'].map((id) => anItem(id)), links: [aLink('ab', 'a', 'b')] };
  made.store.apply(reconcile(made.store.content(), { type: 'whole' }, content));
  return made;
}
const drawn = (of: ChartController): string[] => [...of.store.snapshot().drawn.items];
const pinned = (of: ChartController): string[] => [...of.store.snapshot().view.pinned];

describe('ChartController', () => {
  it('hides, and shows again on undo', () => {
    const chart = controller();
    chart.hide(['a']);
    expect(drawn(chart)).toEqual(['b', 'c']);
    chart.undo();
    expect(drawn(chart)).toEqual(['a', 'b', 'c']);
  });

  it('takes an expansion off again on undo, and leaves what was there', () => {
    const chart = controller();
    chart.add({ items: [anItem('a'), anItem('x')], links: [aLink('ab', 'a', 'b'), aLink('ax', 'a', 'x')] }, 'expand');
    expect(chart.store.graph.order).toBe(4);
    chart.undo();
    expect(chart.store.graph.nodes()).toEqual(['a', 'b', 'c']);
    expect(chart.store.graph.edges()).toEqual(['ab']);
  });

  it('adds the links of a hub as one node, and takes all of it off again on undo', () => {
    const chart = controller();
    chart.addAsGroup({ items: [anItem('x'), anItem('y')], links: [aLink('ax', 'a', 'x'), aLink('ay', 'a', 'y')] }, 'expand', { name: '2 items', kind: null });
    expect(drawn(chart)).toEqual(['a', 'b', 'c', 'x']);
    expect(chart.store.nameOf('x')).toBe('2 items');
    chart.undo();
    expect([chart.store.graph.order, chart.store.snapshot().view.groups.size]).toEqual([3, 0]);
    chart.redo();
    expect(drawn(chart)).toEqual(['a', 'b', 'c', 'x']);
  });

  it('groups and opens, and hides a group with all its members', () => {
    const chart = controller();
    chart.group(['a', 'b'], { name: 'both', kind: 'Person' });
    expect([drawn(chart), [...chart.store.snapshot().view.selected]]).toEqual([['a', 'c'], ['a']]);
    chart.hide(['a']);
    expect(drawn(chart)).toEqual(['c']);
    chart.undo();
    chart.ungroup(['a']);
    expect([...chart.store.snapshot().view.selected]).toEqual(['a', 'b']);
  });

  it('brings an expansion back on redo', () => {
    const chart = controller();
    chart.add({ items: [anItem('x')], links: [aLink('ax', 'a', 'x')] }, 'expand');
    chart.undo();
    chart.redo();
    expect(chart.store.graph.hasEdge('ax')).toBe(true);
  });

  it('pins what was dragged, and puts it back on undo', () => {
    const chart = controller();
    const from = chart.store.place('a');
    chart.dragged('a', from, { x: 500, y: 500 });
    expect(pinned(chart)).toEqual(['a']);
    chart.undo();
    expect([chart.store.place('a'), pinned(chart)]).toEqual([from, []]);
  });

  it('does not count what others changed as a step', () => {
    const chart = controller();
    chart.merge({ type: 'more' }, { items: [anItem('theirs')], links: [] });
    expect(chart.history.undoable).toBeNull();
  });

  it('shows what was asked for even if it was hidden', () => {
    const chart = controller();
    chart.hide(['b']);
    chart.add({ items: [anItem('b')], links: [] }, 'path');
    expect(drawn(chart)).toContain('b');
  });

  it('adds to the selection and takes from it', () => {
    const chart = controller();
    chart.select(['a']);
    chart.select(['b'], true);
    chart.select(['a'], true);
    expect([...chart.store.snapshot().view.selected]).toEqual(['b']);
  });
});
