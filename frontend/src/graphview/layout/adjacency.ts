/** Neighbours of each item in one array: those of `i` stand from `start[i]` to `start[i + 1]`. */
export interface Adjacency {
  readonly start: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly degree: Uint32Array;
}

export function adjacency(count: number, edges: Uint32Array): Adjacency {
  const degree = new Uint32Array(count);
  for (const end of edges) degree[end] = at(degree, end) + 1;
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < count; i += 1) start[i + 1] = at(start, i) + at(degree, i);
  const next = start.slice();
  const neighbours = new Uint32Array(edges.length);
  for (let e = 0; e < edges.length; e += 2) {
    const a = at(edges, e);
    const b = at(edges, e + 1);
    neighbours[at(next, a)] = b;
    neighbours[at(next, b)] = a;
    next[a] = at(next, a) + 1;
    next[b] = at(next, b) + 1;
  }
  return { start, neighbours, degree };
}

/** The value at an index known to be inside the array. */
export function at(array: ArrayLike<number>, index: number): number {
  return array[index] ?? 0;
}

/** Hops from one item to all others, 65535 where there is no way. `queue` is working space of the same length. */
export function hopsFrom(origin: number, graph: Adjacency, hops: Uint16Array, queue: Uint32Array): void {
  hops.fill(65_535);
  hops[origin] = 0;
  queue[0] = origin;
  for (let head = 0, tail = 1; head < tail; head += 1) {
    const item = at(queue, head);
    const next = at(hops, item) + 1;
    for (let k = at(graph.start, item); k < at(graph.start, item + 1); k += 1) {
      const other = at(graph.neighbours, k);
      if (hops[other] !== 65_535) continue;
      hops[other] = next;
      queue[tail] = other;
      tail += 1;
    }
  }
}

/** The items of each connected part, largest first. */
export function components(count: number, graph: Adjacency): Uint32Array[] {
  const seen = new Uint8Array(count);
  const parts: Uint32Array[] = [];
  for (let origin = 0; origin < count; origin += 1) {
    if (seen[origin]) continue;
    const members = [origin];
    seen[origin] = 1;
    for (let head = 0; head < members.length; head += 1) {
      const item = at(members, head);
      for (let k = at(graph.start, item); k < at(graph.start, item + 1); k += 1) {
        const other = at(graph.neighbours, k);
        if (seen[other]) continue;
        seen[other] = 1;
        members.push(other);
      }
    }
    parts.push(Uint32Array.from(members));
  }
  return parts.sort((a, b) => b.length - a.length);
}
