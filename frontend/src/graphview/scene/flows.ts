import type { ChartGraph } from '@/graphview/model/chart';
import { linkClassOf } from '@/graphview/model/filter';
import type { Strand } from '@/graphview/model/parallels';

/** Sum of a strand's amounts in minor units, for its width only; 0 when it carries none. */
export function strandSum(graph: ChartGraph, strand: Strand | undefined): number {
  let sum = 0;
  for (const id of strand?.members ?? []) sum += Number(graph.getEdgeAttributes(id).link.amount ?? 0);
  return sum;
}

/** The drawn money flows with the largest sums, largest first. */
export function largestFlows(graph: ChartGraph, links: ReadonlyMap<string, Strand>, count: number): string[] {
  const sums: [string, number][] = [];
  for (const [id, strand] of links) {
    if (strand.members.length === 0 || linkClassOf(graph.getEdgeAttributes(id).link) !== 'money') continue;
    const sum = strandSum(graph, strand);
    if (sum > 0) sums.push([id, sum]);
  }
  return sums.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, count).map(([id]) => id);
}
