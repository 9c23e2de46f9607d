import { MultiDirectedGraph } from 'graphology';
import type { Attributes } from 'graphology-types';
import type { ChartChange, ChartContent } from '@/graphview/model/reconcile';
import type { Item, Link, Point } from '@/graphview/model/types';

export interface NodeAttributes extends Attributes {
  x: number;
  y: number;
  item: Item;
}
export interface EdgeAttributes extends Attributes {
  link: Link;
}
export type ChartGraph = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

export function newChartGraph(): ChartGraph {
  return new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
}

/** The content of a graph as `reconcile` reads it; the maps are kept in step by `applyChange`. */
export class Holdings implements ChartContent {
  readonly items = new Map<string, Item>();
  readonly links = new Map<string, Link>();

  constructor(private readonly graph: ChartGraph) {}

  readonly linksOf = (item: string): readonly string[] => (this.graph.hasNode(item) ? this.graph.edges(item) : []);

  take(change: ChartChange): void {
    for (const id of change.removed) this.items.delete(id);
    for (const id of change.removedLinks) this.links.delete(id);
    for (const item of [...change.added, ...change.changed]) this.items.set(item.id, item);
    for (const link of [...change.addedLinks, ...change.changedLinks]) this.links.set(link.id, link);
  }
}

/** What an application of a change touched. */
export interface Applied {
  /** True when items or links came or went, so that sigma has to index again. */
  readonly structural: boolean;
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/**
 * Applies a reconciled change. `place` says where new items go; items that were there keep their places. Changed items and
 * links are replaced in their attribute objects without an event: nothing that only changed its looks re-indexes the chart.
 */
export function applyChange(graph: ChartGraph, change: ChartChange, place: (items: readonly Item[]) => ReadonlyMap<string, Point>): Applied {
  for (const id of change.removedLinks) if (graph.hasEdge(id)) graph.dropEdge(id);
  for (const id of change.removed) if (graph.hasNode(id)) graph.dropNode(id);
  const places = place(change.added);
  for (const item of change.added) graph.addNode(item.id, { ...(places.get(item.id) ?? { x: 0, y: 0 }), item });
  for (const item of change.changed) graph.getNodeAttributes(item.id).item = item;
  for (const link of change.addedLinks) graph.addDirectedEdgeWithKey(link.id, link.source, link.target, { link });
  for (const link of change.changedLinks) graph.getEdgeAttributes(link.id).link = link;
  return {
    structural: change.added.length + change.removed.length + change.addedLinks.length + change.removedLinks.length > 0,
    nodes: change.changed.map(({ id }) => id),
    edges: change.changedLinks.map(({ id }) => id),
  };
}
