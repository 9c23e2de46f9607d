import type { ChartStore, Snapshot } from '@/graphview/store';
import { fallenAs } from '@/graphview/model/filter';
import { GROUP_RADIUS, radiusOf, SELECTED_RADIUS } from '@/graphview/look';
import type { NodeGrid } from '@/graphview/labels/nodeGrid';

/** Radius at 100 % with rings: what labels keep clear of. */
export function reachOf(store: ChartStore, snapshot: Snapshot, id: string): number {
  const { view } = snapshot;
  const rest = view.groups.has(id) ? GROUP_RADIUS : radiusOf(store.item(id)?.degree ?? 0);
  const radius = view.selected.has(id) ? SELECTED_RADIUS + 5.5 : rest;
  return view.others.has(id) ? radius + 7 : radius + 1;
}

/** Keeps the grid of obstacles in step with what is drawn; only what came, went, moved or changed its size is written. */
export function fillGrid(grid: NodeGrid, store: ChartStore, snapshot: Snapshot, seen: Snapshot | null): void {
  const put = (id: string): void => {
    const { x, y } = store.graph.getNodeAttributes(id);
    grid.set(id, x, y, reachOf(store, snapshot, id));
  };
  if (seen?.places !== snapshot.places || seen.drawn.items.size === 0) {
    grid.clear();
    for (const id of snapshot.drawn.items) put(id);
    return;
  }
  if (seen.drawn !== snapshot.drawn) {
    for (const id of seen.drawn.items) if (!snapshot.drawn.items.has(id)) grid.remove(id);
    for (const id of snapshot.drawn.items) if (!seen.drawn.items.has(id)) put(id);
  }
  const resized = [...seen.view.selected, ...snapshot.view.selected, ...seen.view.others.keys(), ...snapshot.view.others.keys(),
    ...seen.view.groups.keys(), ...snapshot.view.groups.keys()];
  for (const id of resized) if (snapshot.drawn.items.has(id)) put(id);
}

/** Drawn items by number of links, most first; ties by id, so that labels do not flicker. In a court's view what does not stand has no name. */
export function byDegree(store: ChartStore, snapshot: Snapshot): string[] {
  const { items } = store.content();
  const named = (id: string): boolean => !(snapshot.view.court && fallenAs(items.get(id) ?? { standing: 'AGREE' }));
  const ranked = Array.from(snapshot.drawn.items).filter(named).map((id) => ({ id, degree: items.get(id)?.degree ?? 0 }));
  return ranked.sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}

/** Items that always ask for a label, in order: selected, hovered, colleagues' selection, pinned. */
export function priorityItems({ view, drawn }: Snapshot): string[] {
  const first = [...view.selected, ...(view.hovered === null ? [] : [view.hovered]), ...view.others.keys(), ...view.pinned];
  return [...new Set(first)].filter((id) => drawn.items.has(id));
}
