import { hopsFrom, type Adjacency } from '@/graphview/layout/adjacency';
import { seededRandom } from '@/graphview/layout/random';

/** Distance of two linked items of low degree, in pixels. */
const HOP = 84;
/** Every item with many links needs more room around it. */
const ROOM = 4;
/** Up to this size every pair is a term; above, pivots stand for what is far. */
const ALL_PAIRS = 420;
const PIVOTS = 36;
const ROUNDS_ALL = 30;
const ROUNDS_PIVOTS = 22;

/** Pairs with their wished distance; `one` moves only the first of the two. */
interface Terms {
  readonly i: Uint32Array;
  readonly j: Uint32Array;
  readonly wished: Float32Array;
  readonly weight: Float32Array;
  readonly one: Uint8Array;
  length: number;
}

function emptyTerms(capacity: number): Terms {
  return {
    i: new Uint32Array(capacity), j: new Uint32Array(capacity), wished: new Float32Array(capacity),
    weight: new Float32Array(capacity), one: new Uint8Array(capacity), length: 0,
  };
}

function push(terms: Terms, i: number, j: number, wished: number, weight: number, one: boolean): void {
  const index = terms.length;
  terms.i[index] = i;
  terms.j[index] = j;
  terms.wished[index] = wished;
  terms.weight[index] = weight / (wished * wished);
  terms.one[index] = one ? 1 : 0;
  terms.length += 1;
}

/**
 * Places one connected part by stochastic gradient descent on stress (Zheng, Pawar and Goodman 2019), with pivots for large
 * parts (after Ortmann, Klimenta and Brandes 2017). Writes into `x` and `y`; fixed items stay. Same input, same places.
 */
export function stressLayout(members: Uint32Array, graph: Adjacency, x: Float64Array, y: Float64Array, fixed: Uint8Array): void {
  const random = seededRandom(members.length * 2_654_435_761 + (members[0] as number));
  scatter(members, x, y, fixed, random);
  if (members.length < 2) return;
  const room = (i: number): number => ROOM * Math.sqrt((graph.degree[i] as number));
  const wish = (i: number, j: number, hops: number): number => hops * HOP + room(i) + room(j);
  const all = members.length <= ALL_PAIRS;
  const terms = all ? allPairs(members, graph, wish) : pivotPairs(members, graph, wish, random);
  descend(terms, x, y, fixed, all ? ROUNDS_ALL : ROUNDS_PIVOTS, random);
}

function scatter(members: Uint32Array, x: Float64Array, y: Float64Array, fixed: Uint8Array, random: () => number): void {
  const radius = HOP * Math.sqrt(members.length);
  for (const i of members) {
    if (fixed[i]) continue;
    const turn = random() * 2 * Math.PI;
    const distance = Math.sqrt(random()) * radius;
    x[i] = Math.cos(turn) * distance;
    y[i] = Math.sin(turn) * distance;
  }
}

type Wish = (i: number, j: number, hops: number) => number;

function allPairs(members: Uint32Array, graph: Adjacency, wish: Wish): Terms {
  const terms = emptyTerms((members.length * (members.length - 1)) / 2);
  const hops = new Uint16Array(graph.degree.length);
  const queue = new Uint32Array(graph.degree.length);
  for (const i of members) {
    hopsFrom(i, graph, hops, queue);
    for (const j of members) if (j > i) push(terms, i, j, wish(i, j, (hops[j] as number)), 1, false);
  }
  return terms;
}

function pivotPairs(members: Uint32Array, graph: Adjacency, wish: Wish, random: () => number): Terms {
  const terms = emptyTerms(members.length * (PIVOTS + 6) + graph.neighbours.length);
  const hops = new Uint16Array(graph.degree.length);
  const queue = new Uint32Array(graph.degree.length);
  const nearest = new Uint16Array(graph.degree.length).fill(65_535);
  let pivot = [...members].reduce((best, i) => ((graph.degree[i] as number) > (graph.degree[best] as number) ? i : best), (members[0] as number));
  for (let p = 0; p < PIVOTS; p += 1) {
    hopsFrom(pivot, graph, hops, queue);
    let far = pivot;
    for (const i of members) {
      const distance = (hops[i] as number);
      if (distance > 1) push(terms, i, pivot, wish(i, pivot, distance), (members.length / PIVOTS) * 0.5, true);
      if (distance < (nearest[i] as number)) nearest[i] = distance;
      if ((nearest[i] as number) > (nearest[far] as number)) far = i;
    }
    pivot = p % 3 === 2 ? (members[Math.floor(random() * members.length)] as number) : far;
  }
  for (const i of members) addNear(terms, i, graph, wish, random);
  return terms;
}

/** Links, and a few pairs two hops apart, which spread the leaves of a hub. */
function addNear(terms: Terms, i: number, graph: Adjacency, wish: Wish, random: () => number): void {
  const from = (graph.start[i] as number);
  const to = (graph.start[i + 1] as number);
  for (let k = from; k < to; k += 1) {
    const j = (graph.neighbours[k] as number);
    if (j > i) push(terms, i, j, wish(i, j, 1), 1, false);
  }
  for (let n = 0; n < 4; n += 1) {
    const via = (graph.neighbours[from + Math.floor(random() * (to - from))] as number);
    const first = (graph.start[via] as number);
    const j = (graph.neighbours[first + Math.floor(random() * ((graph.start[via + 1] as number) - first))] as number);
    if (j !== i) push(terms, i, j, wish(i, j, 2), 1, false);
  }
}

function descend(terms: Terms, x: Float64Array, y: Float64Array, fixed: Uint8Array, rounds: number, random: () => number): void {
  const order = new Uint32Array(terms.length).map((_, index) => index);
  let lightest = Infinity;
  let heaviest = 0;
  for (let t = 0; t < terms.length; t += 1) {
    lightest = Math.min(lightest, (terms.weight[t] as number));
    heaviest = Math.max(heaviest, (terms.weight[t] as number));
  }
  const first = 1 / lightest;
  const decay = Math.log(first / (0.1 / heaviest)) / Math.max(1, rounds - 1);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    const step = first * Math.exp(-decay * round);
    for (const t of order) relax(terms, t, step, x, y, fixed);
  }
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const held = (order[index] as number);
    order[index] = (order[other] as number);
    order[other] = held;
  }
}

function relax(terms: Terms, t: number, step: number, x: Float64Array, y: Float64Array, fixed: Uint8Array): void {
  const i = (terms.i[t] as number);
  const j = (terms.j[t] as number);
  const dx = (x[i] as number) - (x[j] as number);
  const dy = (y[i] as number) - (y[j] as number);
  const distance = Math.sqrt(dx * dx + dy * dy) || 0.01;
  const share = Math.min(1, (terms.weight[t] as number) * step);
  const half = (share * (distance - (terms.wished[t] as number))) / (2 * distance);
  if (!fixed[i]) {
    x[i] = (x[i] as number) - half * dx;
    y[i] = (y[i] as number) - half * dy;
  }
  if (terms.one[t] || fixed[j]) return;
  x[j] = (x[j] as number) + half * dx;
  y[j] = (y[j] as number) + half * dy;
}
