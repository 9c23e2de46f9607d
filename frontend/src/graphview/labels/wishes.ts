import type { ChartStore, Snapshot } from '@/graphview/store';
import { radiusOf, SELECTED_RADIUS } from '@/graphview/look';
import type { NodeGrid } from '@/graphview/labels/nodeGrid';

/** Radius at 100 % with rings: what labels keep clear of. */
export function reachOf(store: ChartStore, snapshot: Snapshot, id: string): number {
  const { view } = snapshot;
  const radius = view.selected.has(id) ? SELECTED_RADIUS + 5.5 : radiusOf(store.item(id)?.degree ?? 0);
  return view.others.has(id) ? radius + 7 : radius + 1;
}

/** Fills the grid of obstacles with every drawn item. */
export function fillGrid(grid: NodeGrid, store: ChartStore, snapshot: Snapshot): void {
  grid.clear();
  for (const id of snapshot.drawn.items) {
    const { x, y } = store.graph.getNodeAttributes(id);
    grid.set(id, x, y, reachOf(store, snapshot, id));
  }
}

/** Drawn items by number of links, most first; ties by id, so that labels do not flicker. */
export function byDegree(store: ChartStore, snapshot: Snapshot): string[] {
  const degree = (id: string): number => store.item(id)?.degree ?? 0;
  return [...snapshot.drawn.items].sort((a, b) => degree(b) - degree(a) || (a < b ? -1 : 1));
}

/** Items that always ask for a label, in order: selected, hovered, colleagues' selection, pinned. */
export function priorityItems({ view, drawn }: Snapshot): string[] {
  const first = [...view.selected, ...(view.hovered === null ? [] : [view.hovered]), ...view.others.keys(), ...view.pinned];
  return [...new Set(first)].filter((id) => drawn.items.has(id));
}
