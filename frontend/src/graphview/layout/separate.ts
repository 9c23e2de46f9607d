/** Pushes items apart until no two are nearer than `distance`, or `rounds` are over. Fixed items push but do not move. */
export function separate(x: Float64Array, y: Float64Array, fixed: Uint8Array, distance: number, rounds: number): void {
  for (let round = 0; round < rounds; round += 1) {
    if (pushOnce(x, y, fixed, distance) === 0) return;
  }
}

/** Items sorted into square cells: those of a cell follow one another in `order`. */
interface Cells {
  readonly columns: number;
  readonly rows: number;
  readonly start: Uint32Array;
  readonly order: Uint32Array;
  readonly cell: Uint32Array;
}

function sortIntoCells(x: Float64Array, y: Float64Array, side: number): Cells {
  let minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity;
  for (let i = 0; i < x.length; i += 1) {
    minX = Math.min(minX, (x[i] as number));
    maxX = Math.max(maxX, (x[i] as number));
    minY = Math.min(minY, (y[i] as number));
    maxY = Math.max(maxY, (y[i] as number));
  }
  const size = Math.max(side, Math.sqrt(((maxX - minX) * (maxY - minY)) / (4 * x.length + 64)));
  const columns = Math.floor((maxX - minX) / size) + 1;
  const rows = Math.floor((maxY - minY) / size) + 1;
  const cell = new Uint32Array(x.length);
  const start = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < x.length; i += 1) {
    const key = Math.floor(((y[i] as number) - minY) / size) * columns + Math.floor(((x[i] as number) - minX) / size);
    cell[i] = key;
    start[key + 1] = (start[key + 1] as number) + 1;
  }
  for (let key = 0; key < columns * rows; key += 1) start[key + 1] = (start[key + 1] as number) + (start[key] as number);
  const next = start.slice();
  const order = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i += 1) {
    const key = (cell[i] as number);
    order[(next[key] as number)] = i;
    next[key] = (next[key] as number) + 1;
  }
  return { columns, rows, start, order, cell };
}

function pushOnce(x: Float64Array, y: Float64Array, fixed: Uint8Array, distance: number): number {
  const cells = sortIntoCells(x, y, distance);
  let pushed = 0;
  for (let i = 0; i < x.length; i += 1) {
    const column = (cells.cell[i] as number) % cells.columns;
    const row = Math.floor((cells.cell[i] as number) / cells.columns);
    for (let r = Math.max(0, row - 1); r <= Math.min(cells.rows - 1, row + 1); r += 1) {
      const from = (cells.start[r * cells.columns + Math.max(0, column - 1)] as number);
      const to = (cells.start[r * cells.columns + Math.min(cells.columns - 1, column + 1) + 1] as number);
      for (let k = from; k < to; k += 1) {
        const j = (cells.order[k] as number);
        if (j > i && pushPair(x, y, fixed, i, j, distance)) pushed += 1;
      }
    }
  }
  return pushed;
}

function pushPair(x: Float64Array, y: Float64Array, fixed: Uint8Array, i: number, j: number, distance: number): boolean {
  let dx = (x[j] as number) - (x[i] as number);
  let dy = (y[j] as number) - (y[i] as number);
  const square = dx * dx + dy * dy;
  if (square >= distance * distance || (fixed[i] && fixed[j])) return false;
  if (square < 1e-6) {
    dx = Math.cos(i * 2.4 + j);
    dy = Math.sin(i * 2.4 + j);
  }
  const length = Math.hypot(dx, dy);
  const push = (distance - Math.min(length, distance)) / length;
  const share = fixed[i] || fixed[j] ? push : push / 2;
  if (!fixed[i]) {
    x[i] = (x[i] as number) - dx * share;
    y[i] = (y[i] as number) - dy * share;
  }
  if (!fixed[j]) {
    x[j] = (x[j] as number) + dx * share;
    y[j] = (y[j] as number) + dy * share;
  }
  return true;
}
