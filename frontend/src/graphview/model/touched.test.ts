import { describe, expect, it } from 'vitest';
import { aLink, anItem, aStore } from '@/graphview/model/testChart';
import { touchedBy } from '@/graphview/model/touched';
import type { View } from '@/graphview/model/view';

function touchedAfter(patch: Partial<View>): { nodes: string[]; edges: string[]; all: boolean } {
  const store = aStore(['a', 'b', 'c'].map((id) => anItem(id)), [aLink('ab', 'a', 'b'), aLink('bc', 'b', 'c')]);
  const before = store.snapshot();
  store.update(patch);
  const { nodes, edges, all } = touchedBy(store.graph, before, store.snapshot());
  return { nodes: [...nodes].toSorted(), edges: [...edges].toSorted(), all };
}

describe('touchedBy', () => {
  it('writes a selected item and its links again, nothing else', () => {
    expect(touchedAfter({ selected: new Set(['a']) })).toEqual({ nodes: ['a'], edges: ['ab'], all: false });
  });

  it('writes the hovered item with its neighbours', () => {
    expect(touchedAfter({ hovered: 'a' })).toEqual({ nodes: ['a', 'b'], edges: ['ab'], all: false });
  });

  it('writes what a colleague changed', () => {
    const colleague = { tone: 2, country: 'NL' };
    expect(touchedAfter({ changed: new Map([['bc', colleague], ['c', colleague]]) })).toEqual({ nodes: ['c'], edges: ['bc'], all: false });
  });

  it('writes a hidden item and the links that go with it', () => {
    expect(touchedAfter({ hidden: new Set(['c']) })).toEqual({ nodes: ['c'], edges: ['bc'], all: false });
  });

  it('writes everything for a preview', () => {
    expect(touchedAfter({ preview: { type: 'group', value: 'person' } }).all).toBe(true);
  });
});
