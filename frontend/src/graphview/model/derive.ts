import type { ChartGraph } from '@/graphview/model/chart';
import { isFiltered, itemPasses, linkClassOf, linkPasses, supportOf, SUPPORTS, type Filter } from '@/graphview/model/filter';
import { headsOf } from '@/graphview/model/groups';
import type { ChartChange } from '@/graphview/model/reconcile';
import { arrangeParallels, type Strand } from '@/graphview/model/parallels';
import { KIND_GROUPS, LINK_CLASSES, type Item, type KindGroup, type Link } from '@/graphview/model/types';
import type { View } from '@/graphview/model/view';

/** What of the chart is drawn, and how parallel links share their pair. */
export interface Drawn {
  /** Items, of a group only the one that stands for it. */
  readonly items: ReadonlySet<string>;
  readonly links: ReadonlyMap<string, Strand>;
  /** The item that stands for each grouped item. */
  readonly heads: ReadonlyMap<string, string>;
  /** Filtered items that are drawn faintly. */
  readonly ghosts: ReadonlySet<string>;
}

/** The part of the view that decides what is drawn. */
export type Choice = Pick<View, 'filter' | 'hidden' | 'groups' | 'showFiltered'>;

export const sameChoice = (a: Choice, b: Choice): boolean =>
  a.filter === b.filter && a.hidden === b.hidden && a.groups === b.groups && a.showFiltered === b.showFiltered;

/** Items and links that pass the filter and were not hidden. */
export function derive(graph: ChartGraph, view: Choice, groupOf: (kind: string) => KindGroup): Drawn {
  const heads = headsOf(view.groups);
  const end = (id: string): string => heads.get(id) ?? id;
  const passing = new Set<string>();
  const ghosts = new Set<string>();
  graph.forEachNode((id, { item }) => {
    if (view.hidden.has(id)) return;
    if (itemPasses(view.filter, item, groupOf(item.kind))) passing.add(id);
    else if (view.showFiltered && !heads.has(id)) ghosts.add(id);
  });
  const links: Link[] = [];
  graph.forEachEdge((id, { link }) => {
    const inside = heads.has(link.source) && end(link.source) === end(link.target);
    if (passing.has(link.source) && passing.has(link.target) && !inside && !view.hidden.has(id) && linkPasses(view.filter, link)) links.push(link);
  });
  return { items: heads.size > 0 ? new Set([...passing].map(end)) : passing, links: arrangeParallels(links, end), heads, ghosts };
}

/**
 * What is drawn after items and links came or went: only the pairs that they touch are arranged again. Falls back on the
 * whole when an item that stays passes the filter no longer, or anew.
 */
export function deriveAgain(before: Drawn, graph: ChartGraph, change: ChartChange, lost: readonly Link[], context: DeriveContext): Drawn {
  const { view, groupOf } = context;
  if (view.groups.size + before.heads.size > 0 || view.showFiltered) return derive(graph, view, groupOf);
  const shown = (item: Item): boolean => !view.hidden.has(item.id) && itemPasses(view.filter, item, groupOf(item.kind));
  if (change.changed.some((item) => before.items.has(item.id) !== shown(item))) return derive(graph, view, groupOf);
  const items = new Set(before.items);
  for (const id of change.removed) items.delete(id);
  for (const item of change.added) if (shown(item)) items.add(item.id);
  const links = new Map(before.links);
  const pairs = new Map<string, Link[]>();
  for (const link of [...lost, ...change.addedLinks, ...change.changedLinks]) {
    links.delete(link.id);
    pairs.set([link.source, link.target].sort().join('|'), linksBetween(graph, link.source, link.target));
  }
  for (const pair of pairs.values()) {
    for (const { id } of pair) links.delete(id);
    const visible = pair.filter((link) => items.has(link.source) && items.has(link.target) && !view.hidden.has(link.id) && linkPasses(view.filter, link));
    for (const [id, strand] of arrangeParallels(visible, (end) => end)) links.set(id, strand);
  }
  return { ...before, items, links };
}

export interface DeriveContext {
  readonly view: Choice;
  readonly groupOf: (kind: string) => KindGroup;
}

function linksBetween(graph: ChartGraph, a: string, b: string): Link[] {
  if (!graph.hasNode(a) || !graph.hasNode(b)) return [];
  const ids = new Set([...graph.outEdges(a, b), ...graph.outEdges(b, a)]);
  return [...ids].map((id) => graph.getEdgeAttributes(id).link);
}

/** True when a change of content, without comings and goings, leaves what is drawn as it was. */
export function drawsTheSame(drawn: Drawn, change: ChartChange, filter: Filter, groupOf: (kind: string) => KindGroup): boolean {
  return change.changedLinks.length === 0 && drawn.heads.size === 0 && drawn.ghosts.size === 0
    && change.changed.every((item) => !drawn.items.has(item.id) || itemPasses(filter, item, groupOf(item.kind)))
    && (!isFiltered(filter) || change.changed.every((item) => drawn.items.has(item.id)));
}

/** How many items and links of each legend row are on the chart, whether filtered or not. */
export interface LegendCounts {
  readonly groups: ReadonlyMap<string, number>;
  readonly classes: ReadonlyMap<string, number>;
  readonly supports: ReadonlyMap<string, number>;
}

export function legendCounts(graph: ChartGraph, groupOf: (kind: string) => KindGroup): LegendCounts {
  const groups = new Map<string, number>(KIND_GROUPS.map((group) => [group, 0]));
  const classes = new Map<string, number>(LINK_CLASSES.map((name) => [name, 0]));
  const supports = new Map<string, number>(SUPPORTS.map((name) => [name, 0]));
  const add = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  graph.forEachNode((_, { item }) => add(groups, groupOf(item.kind)));
  graph.forEachEdge((_, { link }) => {
    add(classes, linkClassOf(link));
    add(supports, supportOf(link));
  });
  return { groups, classes, supports };
}
