import { describe, expect, it } from 'vitest';
import { derive } from '@/graphview/model/derive';
import { reconcile } from '@/graphview/model/reconcile';
import { aLink, anItem, aStore } from '@/graphview/model/testChart';
import type { ChartAnswer } from '@/graphview/model/types';

const pair = (): ReturnType<typeof aStore> => aStore([anItem('a'), anItem('b')], [aLink('ab', 'a', 'b')]);
const more = (store: ReturnType<typeof aStore>, answer: ChartAnswer): void => store.apply(reconcile(store.content(), { type: 'more' }, answer));
const items = (store: ReturnType<typeof aStore>, answer: ChartAnswer, ...ids: string[]): void =>
  store.apply(reconcile(store.content(), { type: 'items', ids: new Set(ids) }, answer));

describe('ChartStore', () => {
  it('puts a new item near its neighbour and moves nothing else', () => {
    const store = pair();
    const before = [store.place('a'), store.place('b')];
    more(store, { items: [anItem('c')], links: [aLink('bc', 'b', 'c')] });
    expect([store.place('a'), store.place('b')]).toEqual(before);
    const [b, c] = [store.place('b'), store.place('c')];
    expect(Math.hypot(b.x - c.x, b.y - c.y)).toBeLessThan(140);
  });

  it('draws after small changes what it would draw from nothing', () => {
    const store = pair();
    const steps: readonly ChartAnswer[] = [
      { items: [anItem('c')], links: ['1', '2', '3', '4', '5'].map((id) => aLink(id, id > '3' ? 'b' : 'a', id > '3' ? 'a' : 'b')) },
      { items: [anItem('d', { kind: 'Company' })], links: [aLink('cd', 'c', 'd'), aLink('dc', 'd', 'c'), aLink('loop', 'd', 'd')] },
    ];
    store.update({ hidden: new Set(['2']) });
    for (const step of steps) more(store, step);
    items(store, { items: [anItem('a')], links: [aLink('1', 'a', 'b')] }, 'a');
    items(store, { items: [], links: [] }, 'd');
    const { drawn, view } = store.snapshot();
    expect(drawn).toEqual(derive(store.graph, view, store.groupOf));
  });

  it('forgets the selection, pin and rings of what is gone', () => {
    const store = pair();
    store.update({ selected: new Set(['a', 'b']), pinned: new Set(['b']), hovered: 'b', others: new Map([['b', { tone: 1, country: 'IT' }]]) });
    items(store, { items: [], links: [] }, 'b');
    const { view } = store.snapshot();
    expect([...view.selected]).toEqual(['a']);
    expect([view.pinned.size, view.others.size, view.hovered]).toEqual([0, 0, null]);
  });

  it('replaces a changed item without an event of the graph', () => {
    const store = pair();
    let events = 0;
    store.graph.on('nodeAttributesUpdated', () => { events += 1; });
    items(store, { items: [anItem('a', { caption: 'Ana' })], links: [aLink('ab', 'a', 'b')] }, 'a');
    expect(store.item('a')?.caption).toBe('Ana');
    expect(events).toBe(0);
  });

  it('tells listeners of a view change with the state before', () => {
    const store = pair();
    const seen: string[] = [];
    store.subscribe((event) => { if (event.type === 'view') seen.push(String(event.before.view.hovered)); });
    store.update({ hovered: 'a' });
    store.update({ hovered: 'b' });
    expect(seen).toEqual(['null', 'a']);
  });

  it('keeps what is drawn when only the selection changes', () => {
    const store = pair();
    const { drawn } = store.snapshot();
    store.update({ selected: new Set(['a']) });
    expect(store.snapshot().drawn).toBe(drawn);
  });
});
