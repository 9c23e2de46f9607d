import { at } from '@/graphview/layout/adjacency';

interface Part {
  readonly members: Uint32Array;
  readonly minX: number;
  readonly maxY: number;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 80;

function measure(members: Uint32Array, x: Float64Array, y: Float64Array): Part {
  let minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity;
  for (const i of members) {
    minX = Math.min(minX, at(x, i));
    maxX = Math.max(maxX, at(x, i));
    minY = Math.min(minY, at(y, i));
    maxY = Math.max(maxY, at(y, i));
  }
  return { members, minX, maxY, width: maxX - minX + MARGIN, height: maxY - minY + MARGIN };
}

function moveTo(part: Part, left: number, top: number, x: Float64Array, y: Float64Array): void {
  for (const i of part.members) {
    x[i] = at(x, i) - part.minX + left + MARGIN / 2;
    y[i] = at(y, i) - part.maxY + top - MARGIN / 2;
  }
}

/** Sets connected parts beside each other in rows, the largest first, in a frame a little wider than high; then centres all. */
export function packParts(parts: readonly Uint32Array[], x: Float64Array, y: Float64Array): void {
  const measured = parts.map((members) => measure(members, x, y));
  const area = measured.reduce((sum, { width, height }) => sum + width * height, 0);
  const frame = Math.max(Math.sqrt(area * 1.35), ...measured.map(({ width }) => width));
  let left = 0, top = 0, rowHeight = 0;
  for (const part of measured) {
    if (left > 0 && left + part.width > frame) {
      top -= rowHeight;
      left = 0;
      rowHeight = 0;
    }
    moveTo(part, left, top, x, y);
    left += part.width;
    rowHeight = Math.max(rowHeight, part.height);
  }
  centre(x, y);
}

/** Moves everything so that the middle of its frame is the origin. */
export function centre(x: Float64Array, y: Float64Array): void {
  if (x.length === 0) return;
  const whole = measure(Uint32Array.from(x.keys()), x, y);
  const middleX = whole.minX + (whole.width - MARGIN) / 2;
  const middleY = whole.maxY - (whole.height - MARGIN) / 2;
  for (let i = 0; i < x.length; i += 1) {
    x[i] = at(x, i) - middleX;
    y[i] = at(y, i) - middleY;
  }
}
