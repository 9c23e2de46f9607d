import type { ChartGraph } from '@/graphview/model/chart';
import type { Drawn } from '@/graphview/model/derive';
import { withMembers } from '@/graphview/model/groups';
import type { View } from '@/graphview/model/view';

/** Which records the programs have to write again. `all` when the change concerns everything. */
export interface Touched {
  readonly all: boolean;
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export interface Shown {
  readonly view: View;
  readonly drawn: Drawn;
}

function setDifference(a: ReadonlySet<string>, b: ReadonlySet<string>, into: Set<string>): void {
  if (a === b) return;
  for (const id of a) if (!b.has(id)) into.add(id);
  for (const id of b) if (!a.has(id)) into.add(id);
}

function mapDifference<V>(a: ReadonlyMap<string, V>, b: ReadonlyMap<string, V>, into: Set<string>): void {
  if (a === b) return;
  for (const [id, value] of a) if (b.get(id) !== value) into.add(id);
  for (const [id, value] of b) if (a.get(id) !== value) into.add(id);
}

function strandDifference(a: Drawn['links'], b: Drawn['links'], into: Set<string>): void {
  if (a === b) return;
  for (const id of a.keys()) if (!b.has(id)) into.add(id);
  for (const [id, strand] of b) {
    const before = a.get(id);
    if (before?.curve !== strand.curve || before.members.join() !== strand.members.join()) into.add(id);
  }
}

/** The item or group under the pointer, its neighbours and the links between. */
export function focusOf(graph: ChartGraph, { view, drawn }: Shown): ReadonlySet<string> | null {
  if (view.hovered === null || !graph.hasNode(view.hovered)) return null;
  const focus = new Set<string>();
  for (const id of withMembers(view.groups, [view.hovered])) {
    for (const each of [id, ...graph.neighbors(id)]) focus.add(drawn.heads.get(each) ?? each);
    for (const edge of graph.edges(id)) focus.add(edge);
  }
  return focus;
}

/** What looks different after a change of the view or of what is drawn. */
export function touchedBy(graph: ChartGraph, before: Shown, after: Shown): Touched {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  const all = before.view.preview !== after.view.preview || before.view.spotlight !== after.view.spotlight || before.view.court !== after.view.court;
  if (all) return { all, nodes, edges };
  const selection = new Set<string>();
  setDifference(before.view.selected, after.view.selected, selection);
  setDifference(before.view.pinned, after.view.pinned, nodes);
  setDifference(before.drawn.ghosts, after.drawn.ghosts, nodes);
  setDifference(before.drawn.items, after.drawn.items, nodes);
  setDifference(before.view.selectedLinks, after.view.selectedLinks, edges);
  strandDifference(before.drawn.links, after.drawn.links, edges);
  mapDifference(before.view.others, after.view.others, nodes);
  const regrouped = new Set<string>();
  mapDifference(before.drawn.heads, after.drawn.heads, regrouped);
  for (const id of regrouped) addWithLinks(graph, id, nodes, edges);
  const changed = new Set<string>();
  mapDifference(before.view.changed, after.view.changed, changed);
  for (const id of changed) (graph.hasEdge(id) ? edges : nodes).add(id);
  for (const id of [before.view.hoveredLink, after.view.hoveredLink]) if (id !== null && before.view.hoveredLink !== after.view.hoveredLink) edges.add(id);
  if (before.view.hovered !== after.view.hovered) for (const shown of [before, after]) addFocus(graph, shown, nodes, edges);
  for (const id of withMembers(after.view.groups, withMembers(before.view.groups, selection))) addWithLinks(graph, id, nodes, edges);
  return { all, nodes: keep(nodes, (id) => graph.hasNode(id)), edges: keep(edges, (id) => graph.hasEdge(id)) };
}

function addFocus(graph: ChartGraph, shown: Shown, nodes: Set<string>, edges: Set<string>): void {
  for (const each of focusOf(graph, shown) ?? []) (graph.hasNode(each) ? nodes : edges).add(each);
}

function addWithLinks(graph: ChartGraph, id: string, nodes: Set<string>, edges: Set<string>): void {
  nodes.add(id);
  if (graph.hasNode(id)) for (const edge of graph.edges(id)) edges.add(edge);
}

function keep(ids: ReadonlySet<string>, test: (id: string) => boolean): ReadonlySet<string> {
  return new Set([...ids].filter(test));
}
