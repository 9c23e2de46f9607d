import { describe, expect, it } from 'vitest';
import { computeLayout } from '@/graphview/layout/layout';
import { placeNear } from '@/graphview/layout/placeNear';
import { LAYOUTS, type LayoutInput, type LayoutName } from '@/graphview/layout/types';
import type { Point } from '@/graphview/model/types';

/** A hub with leaves, and a chain on its own. */
function input(layout: LayoutName, rest: Partial<LayoutInput> = {}): LayoutInput {
  const star = Array.from({ length: 20 }, (_, leaf) => [0, leaf + 1]).flat();
  const chain = [21, 22, 22, 23];
  const edges = Uint32Array.from([...star, ...chain]);
  return {
    layout, count: 24, x: new Float64Array(24), y: new Float64Array(24), fixed: new Uint8Array(24), edges,
    ranked: new Uint8Array(edges.length / 2).fill(1), group: new Uint8Array(24), root: -1, ...rest,
  };
}

function nearest(x: Float64Array, y: Float64Array): number {
  let least = Infinity;
  x.forEach((_, i) => x.forEach((__, j) => {
    if (i < j) least = Math.min(least, Math.hypot((x[i] ?? 0) - (x[j] ?? 0), (y[i] ?? 0) - (y[j] ?? 0)));
  }));
  return least;
}

describe.each(LAYOUTS)('the %s layout', (layout) => {
  it('gives every item a finite place, and no two the same', () => {
    const { x, y } = computeLayout(input(layout));
    expect([...x, ...y].every(Number.isFinite)).toBe(true);
    expect(nearest(x, y)).toBeGreaterThan(20);
  });

  it('leaves pinned items where they are', () => {
    const x = new Float64Array(24).fill(0);
    x[5] = 777;
    const fixed = new Uint8Array(24);
    fixed[5] = 1;
    const places = computeLayout(input(layout, { x, fixed }));
    expect([places.x[5], places.y[5]]).toEqual([777, 0]);
  });

  it('gives the same places for the same chart', () => {
    expect(computeLayout(input(layout))).toEqual(computeLayout(input(layout)));
  });
});

describe('the hierarchical layout', () => {
  it('sets the owner above the owned', () => {
    const { y } = computeLayout(input('hierarchical'));
    expect(y[0]).toBeGreaterThan(y[1] ?? Infinity);
    expect(y[22]).toBeGreaterThan(y[23] ?? Infinity);
  });

  it('ends when owners own one another', () => {
    const { y } = computeLayout(input('hierarchical', { edges: Uint32Array.from([0, 1, 1, 2, 2, 0]), ranked: Uint8Array.of(1, 1, 1) }));
    expect([...y].every(Number.isFinite)).toBe(true);
  });
});

describe('placeNear', () => {
  const placed = new Map<string, Point>([['a', { x: 0, y: 0 }], ['b', { x: 300, y: 0 }]]);

  it('sets items near their neighbour and apart from one another', () => {
    const found = placeNear(['c', 'd', 'e'], placed, () => ['b']);
    const points = [...found.values()];
    expect(points.every(({ x, y }) => Math.hypot(x - 300, y) < 200)).toBe(true);
    expect(new Set(points.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
  });

  it('follows a chain of new items', () => {
    const found = placeNear(['d', 'c'], placed, (id) => (id === 'd' ? ['c'] : ['b']));
    const [c, d] = [found.get('c'), found.get('d')];
    expect(Math.hypot((c?.x ?? 0) - (d?.x ?? 999), (c?.y ?? 0) - (d?.y ?? 999))).toBeLessThan(200);
  });

  it('gives the same place again', () => {
    expect(placeNear(['c'], placed, () => [])).toEqual(placeNear(['c'], placed, () => []));
  });
});
