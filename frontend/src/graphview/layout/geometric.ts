import { adjacency, at, hopsFrom, type Adjacency } from '@/graphview/layout/adjacency';
import type { LayoutInput, Places } from '@/graphview/layout/types';

const SPACING = 78;

function places(input: LayoutInput): Places {
  return { x: Float64Array.from(input.x), y: Float64Array.from(input.y) };
}

function set(input: LayoutInput, out: Places, item: number, x: number, y: number): void {
  if (input.fixed[item]) return;
  out.x[item] = x;
  out.y[item] = y;
}

/** Items by group, in a group by number of links, then by index. */
function ordered(input: LayoutInput, graph: Adjacency): number[] {
  return Array.from({ length: input.count }, (_, i) => i)
    .sort((a, b) => at(input.group, a) - at(input.group, b) || at(graph.degree, b) - at(graph.degree, a) || a - b);
}

/** Rows from the top start, by kind. */
export function gridLayout(input: LayoutInput): Places {
  const out = places(input);
  const columns = Math.max(1, Math.ceil(Math.sqrt(input.count * 1.4)));
  const rows = Math.ceil(input.count / columns);
  ordered(input, adjacency(input.count, input.edges)).forEach((item, place) => {
    const column = place % columns;
    const row = Math.floor(place / columns);
    set(input, out, item, (column - (columns - 1) / 2) * SPACING * 1.25, ((rows - 1) / 2 - row) * SPACING);
  });
  return out;
}

/** One circle, by kind. */
export function circularLayout(input: LayoutInput): Places {
  const out = places(input);
  const radius = Math.max(120, (input.count * 40) / (2 * Math.PI));
  ordered(input, adjacency(input.count, input.edges)).forEach((item, place) => {
    const turn = Math.PI / 2 - (2 * Math.PI * place) / input.count;
    set(input, out, item, Math.cos(turn) * radius, Math.sin(turn) * radius);
  });
  return out;
}

function mostLinked(graph: Adjacency): number {
  let best = 0;
  graph.degree.forEach((degree, i) => {
    if (degree > at(graph.degree, best)) best = i;
  });
  return best;
}

/** Rings around one item: each ring holds what is one hop further; what cannot be reached stands on the outermost. */
export function radialLayout(input: LayoutInput): Places {
  const out = places(input);
  const graph = adjacency(input.count, input.edges);
  const root = input.root >= 0 ? input.root : mostLinked(graph);
  const hops = new Uint16Array(input.count);
  const queue = new Uint32Array(input.count);
  hopsFrom(root, graph, hops, queue);
  const rings: number[][] = [];
  const reached = Array.from(queue).filter((item, index) => index === 0 || at(hops, item) > 0);
  const unreached = Array.from({ length: input.count }, (_, i) => i).filter((i) => hops[i] === 65_535);
  for (const item of new Set(reached)) if (hops[item] !== 65_535) (rings[at(hops, item)] ??= []).push(item);
  if (unreached.length > 0) rings.push(unreached);
  let radius = 0;
  rings.forEach((ring, index) => {
    if (index > 0) radius = Math.max(radius + 120, (ring.length * 44) / (2 * Math.PI));
    ring.forEach((item, place) => {
      const turn = Math.PI / 2 - (2 * Math.PI * place) / ring.length;
      set(input, out, item, Math.cos(turn) * radius, Math.sin(turn) * radius);
    });
  });
  return out;
}
