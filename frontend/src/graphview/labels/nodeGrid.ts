import type { Box } from '@/graphview/labels/place';

const CELL = 64;

/** An item in the way of labels: its place on the chart and its radius at 100 %. */
export interface Disc {
  readonly id: string;
  x: number;
  y: number;
  radius: number;
}

/** All drawn items in cells of the chart, so that a label asks only about the items near it. Not rebuilt when the camera moves. */
export class NodeGrid {
  private readonly cells = new Map<number, Set<Disc>>();
  private readonly discs = new Map<string, Disc>();

  clear(): void {
    this.cells.clear();
    this.discs.clear();
  }

  set(id: string, x: number, y: number, radius: number): void {
    this.remove(id);
    const disc = { id, x, y, radius };
    this.discs.set(id, disc);
    const key = this.key(x, y);
    const cell = this.cells.get(key);
    if (cell) cell.add(disc);
    else this.cells.set(key, new Set([disc]));
  }

  remove(id: string): void {
    const disc = this.discs.get(id);
    if (!disc) return;
    this.cells.get(this.key(disc.x, disc.y))?.delete(disc);
    this.discs.delete(id);
  }

  get(id: string): Disc | undefined {
    return this.discs.get(id);
  }

  /** True when an item other than `owner` reaches into the box; `box` on the chart, `grow` = chart units for a pixel of radius. */
  touches(box: Box, owner: string, grow: number): boolean {
    const margin = 22 * grow;
    const toRow = Math.floor((box.bottom + margin) / CELL);
    const toColumn = Math.floor((box.right + margin) / CELL);
    for (let row = Math.floor((box.top - margin) / CELL); row <= toRow; row += 1) {
      for (let column = Math.floor((box.left - margin) / CELL); column <= toColumn; column += 1) {
        for (const disc of this.cells.get(row * 65_536 + column) ?? []) {
          if (disc.id !== owner && reaches(disc, box, grow)) return true;
        }
      }
    }
    return false;
  }

  private key(x: number, y: number): number {
    return Math.floor(y / CELL) * 65_536 + Math.floor(x / CELL);
  }
}

function reaches(disc: Disc, box: Box, grow: number): boolean {
  const radius = disc.radius * grow;
  const dx = Math.max(box.left - disc.x, disc.x - box.right, 0);
  const dy = Math.max(box.top - disc.y, disc.y - box.bottom, 0);
  return dx * dx + dy * dy < radius * radius;
}
