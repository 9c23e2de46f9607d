import type { ChartGraph } from '@/graphview/model/chart';
import { itemPasses, linkClassOf, linkPasses, STRENGTHS } from '@/graphview/model/filter';
import { arrangeParallels, type Strand } from '@/graphview/model/parallels';
import { KIND_GROUPS, LINK_CLASSES, type KindGroup, type Link } from '@/graphview/model/types';
import type { View } from '@/graphview/model/view';

/** What of the chart is drawn, and how parallel links share their pair. */
export interface Drawn {
  readonly items: ReadonlySet<string>;
  readonly links: ReadonlyMap<string, Strand>;
}

/** Items and links that pass the filter and were not hidden. */
export function derive(graph: ChartGraph, view: Pick<View, 'filter' | 'hidden'>, groupOf: (kind: string) => KindGroup): Drawn {
  const items = new Set<string>();
  graph.forEachNode((id, { item }) => {
    if (!view.hidden.has(id) && itemPasses(view.filter, item, groupOf(item.kind))) items.add(id);
  });
  const links: Link[] = [];
  graph.forEachEdge((id, { link }) => {
    if (items.has(link.source) && items.has(link.target) && !view.hidden.has(id) && linkPasses(view.filter, link)) links.push(link);
  });
  return { items, links: arrangeParallels(links) };
}

/** How many items and links of each legend row are on the chart, whether filtered or not. */
export interface LegendCounts {
  readonly groups: ReadonlyMap<string, number>;
  readonly classes: ReadonlyMap<string, number>;
  readonly strengths: ReadonlyMap<string, number>;
}

export function legendCounts(graph: ChartGraph, groupOf: (kind: string) => KindGroup): LegendCounts {
  const groups = new Map<string, number>(KIND_GROUPS.map((group) => [group, 0]));
  const classes = new Map<string, number>(LINK_CLASSES.map((name) => [name, 0]));
  const strengths = new Map<string, number>(STRENGTHS.map((name) => [name, 0]));
  const add = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  graph.forEachNode((_, { item }) => add(groups, groupOf(item.kind)));
  graph.forEachEdge((_, { link }) => {
    add(classes, linkClassOf(link));
    add(strengths, link.strength);
  });
  return { groups, classes, strengths };
}
