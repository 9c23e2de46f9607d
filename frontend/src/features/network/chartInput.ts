import type { LayoutInput, LayoutName, Places } from '@/graphview/layout/types';
import { linkClassOf } from '@/graphview/model/filter';
import { KIND_GROUPS, type ChartAnswer, type KindGroup, type Point } from '@/graphview/model/types';

interface Wanted extends ChartAnswer {
  readonly layout: LayoutName;
  readonly groupOf: (kind: string) => KindGroup;
  readonly placeOf: (id: string) => Point;
  readonly pinned: ReadonlySet<string>;
  /** Item in the middle of a radial layout. */
  readonly root: string | null;
}

/** The chart as numbers for the layout worker, items in the order given. */
export function layoutInput({ layout, items, links, groupOf, placeOf, pinned, root }: Wanted): LayoutInput {
  const index = new Map(items.map(({ id }, at) => [id, at]));
  const known = links.filter(({ source, target }) => source !== target && index.has(source) && index.has(target));
  const points = items.map(({ id }) => placeOf(id));
  return {
    layout,
    count: items.length,
    x: Float64Array.from(points, ({ x }) => x),
    y: Float64Array.from(points, ({ y }) => y),
    fixed: Uint8Array.from(items, ({ id }) => (pinned.has(id) ? 1 : 0)),
    edges: Uint32Array.from(known.flatMap(({ source, target }) => [index.get(source) ?? 0, index.get(target) ?? 0])),
    ranked: Uint8Array.from(known, (link) => (['ownership', 'money'].includes(linkClassOf(link)) ? 1 : 0)),
    group: Uint8Array.from(items, ({ kind }) => KIND_GROUPS.indexOf(groupOf(kind))),
    root: root === null ? -1 : (index.get(root) ?? -1),
  };
}

/** The worker's answer by item. */
export function placesById(ids: readonly string[], { x, y }: Places): Map<string, Point> {
  return new Map(ids.map((id, at) => [id, { x: x[at] ?? 0, y: y[at] ?? 0 }]));
}
