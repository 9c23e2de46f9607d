import { describe, expect, it } from 'vitest';
import { reconcile, without } from '@/graphview/model/reconcile';
import { aLink, anItem, aStore } from '@/graphview/model/testChart';
import { grouped, groupsWithout, ungrouped, withMembers, type Groups } from '@/graphview/model/groups';
import type { ChartStore } from '@/graphview/store';

const naming = { name: 'two accounts', kind: null };
const none: Groups = new Map();

/** Hub `h` with the leaves a, b, c; a and b pay each other. */
function hub(): ChartStore {
  const store = aStore(['h', 'a', 'b', 'c'].map((id) => anItem(id)), [
    aLink('ha', 'h', 'a'), aLink('hb', 'h', 'b'), aLink('hc', 'h', 'c'), aLink('ab', 'a', 'b'), aLink('ah', 'a', 'h'), aLink('bh', 'b', 'h'),
  ]);
  store.update({ groups: grouped(none, ['a', 'b'], naming) });
  return store;
}
const lines = ({ drawn }: ReturnType<ChartStore['snapshot']>): string[][] =>
  [...drawn.links.values()].filter(({ members }) => members.length > 0).map(({ members }) => [...members]);

describe('a group', () => {
  it('is drawn as its first member; the links inside are not drawn, those outside come together', () => {
    const snapshot = hub().snapshot();
    expect([...snapshot.drawn.items]).toEqual(['h', 'a', 'c']);
    expect(lines(snapshot).toSorted((a, b) => a.length - b.length)).toEqual([['hc'], ['ah', 'bh', 'ha', 'hb']]);
  });

  it('stands where its head stands', () => {
    const store = hub();
    store.move(new Map([['a', { x: 5, y: 6 }]]));
    expect(store.standsAt('b')).toEqual({ x: 5, y: 6 });
  });

  it('opens again with everything where it was', () => {
    const store = hub();
    const before = store.place('b');
    store.update({ groups: ungrouped(store.snapshot().view.groups, ['a']) });
    expect(store.snapshot().drawn.items.size).toBe(4);
    expect(store.standsAt('b')).toEqual(before);
  });

  it('takes in another group as a whole', () => {
    const first = grouped(none, ['a', 'b'], naming);
    const both = grouped(first, ['c', 'a'], naming);
    expect([both.size, withMembers(both, ['c']).toSorted()]).toEqual([1, ['a', 'b', 'c']]);
  });

  it('survives the loss of its head, and ends when one member is left', () => {
    const three = grouped(none, ['a', 'b', 'c'], naming);
    const two = groupsWithout(three, new Set(['a']));
    expect([...two.keys()]).toEqual(['b']);
    expect(groupsWithout(two, new Set(['b'])).size).toBe(0);
  });

  it('lets go of what is gone from the chart', () => {
    const store = hub();
    store.apply(without(store.content(), new Set(['a'])));
    expect([...store.snapshot().drawn.items]).toEqual(['h', 'b', 'c']);
  });

  it('takes in links that come later', () => {
    const store = hub();
    store.apply(reconcile(store.content(), { type: 'more' }, { items: [], links: [aLink('bc', 'b', 'c')] }));
    expect(lines(store.snapshot())).toContainEqual(['bc']);
  });
});

describe('filtered items', () => {
  it('are absent, or faint when the reader wants to see them; what was hidden stays hidden', () => {
    const store = aStore([anItem('a'), anItem('b', { kind: 'Company' }), anItem('c')]);
    const { view } = store.snapshot();
    store.update({ filter: { ...view.filter, groups: new Set(['person']) }, hidden: new Set(['c']) });
    expect(store.snapshot().drawn.ghosts.size).toBe(0);
    store.update({ showFiltered: true });
    expect([...store.snapshot().drawn.ghosts]).toEqual(['a']);
  });
});
