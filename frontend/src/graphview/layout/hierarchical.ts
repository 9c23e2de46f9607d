import { at } from '@/graphview/layout/adjacency';
import type { LayoutInput, Places } from '@/graphview/layout/types';

const ACROSS = 84;
const DOWN = 110;
const SWEEPS = 6;

/** Owner above owned, payer above paid: rows by rank, ordered in each row so that links cross little. */
export function hierarchicalLayout(input: LayoutInput): Places {
  const ranks = rankItems(input);
  const rows = rowsOf(ranks);
  const position = orderRows(rows, input);
  const out: Places = { x: Float64Array.from(input.x), y: Float64Array.from(input.y) };
  rows.forEach((row, rank) => row.forEach((item) => {
    if (input.fixed[item]) return;
    out.x[item] = (at(position, item) - (row.length - 1) / 2) * ACROSS;
    out.y[item] = ((rows.length - 1) / 2 - rank) * DOWN;
  }));
  return out;
}

/** Longest way down over the ranked links, without those that would close a circle; others join a neighbour's next row. */
function rankItems(input: LayoutInput): Int32Array {
  const ranked = pairs(input, true);
  const ranks = new Int32Array(input.count).fill(-1);
  for (const [from, to] of ranked) {
    ranks[from] = 0;
    ranks[to] = 0;
  }
  for (let round = 0; round < 12; round += 1) {
    let moved = false;
    for (const [from, to] of ranked) {
      if (at(ranks, to) > at(ranks, from) || at(ranks, from) >= 11) continue;
      ranks[to] = at(ranks, from) + 1;
      moved = true;
    }
    if (!moved) break;
  }
  joinOthers(input, ranks);
  return ranks;
}

function joinOthers(input: LayoutInput, ranks: Int32Array): void {
  const all = pairs(input, false);
  if (ranks.every((rank) => rank < 0) && input.count > 0) ranks[input.root >= 0 ? input.root : 0] = 0;
  for (let round = 0; round < 24; round += 1) {
    const before = ranks.slice();
    for (const [from, to] of all) {
      if (at(before, from) >= 0 && at(ranks, to) < 0) ranks[to] = at(before, from) + 1;
      if (at(before, to) >= 0 && at(ranks, from) < 0) ranks[from] = at(before, to) + 1;
    }
    if (ranks.every((rank, i) => rank === before[i])) break;
  }
  const last = Math.max(0, ...ranks) + 1;
  ranks.forEach((rank, i) => {
    if (rank < 0) ranks[i] = last;
  });
}

function pairs(input: LayoutInput, onlyRanked: boolean): [number, number][] {
  const found: [number, number][] = [];
  for (let e = 0; e < input.edges.length; e += 2) {
    if (!onlyRanked || input.ranked[e / 2]) found.push([at(input.edges, e), at(input.edges, e + 1)]);
  }
  return found;
}

function rowsOf(ranks: Int32Array): number[][] {
  const rows: number[][] = [];
  ranks.forEach((rank, item) => (rows[rank] ??= []).push(item));
  return Array.from(rows, (row) => row as number[] | undefined).filter((row) => row !== undefined);
}

/** Orders each row by the mean place of its neighbours, downwards and upwards in turn. Returns each item's place in its row. */
function orderRows(rows: number[][], input: LayoutInput): Float64Array {
  const position = new Float64Array(input.count);
  const settle = (row: number[]): void => row.forEach((item, place) => void (position[item] = place));
  rows.forEach(settle);
  const all = pairs(input, false);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const sum = new Float64Array(input.count);
    const count = new Float64Array(input.count);
    for (const [a, b] of all) {
      sum[a] = at(sum, a) + at(position, b);
      sum[b] = at(sum, b) + at(position, a);
      count[a] = at(count, a) + 1;
      count[b] = at(count, b) + 1;
    }
    const wish = (item: number): number => (at(count, item) > 0 ? at(sum, item) / at(count, item) : at(position, item));
    for (const row of rows) {
      row.sort((a, b) => wish(a) - wish(b) || a - b);
      settle(row);
    }
  }
  return position;
}
