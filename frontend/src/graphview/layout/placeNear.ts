import { hashOf } from '@/graphview/layout/random';
import type { Point } from '@/graphview/model/types';

const NEAR = 84;
const APART = 48;
const TURNS = 14;

/** What is placed already, in cells as wide as items keep apart. */
class Taken {
  private readonly cells = new Map<string, Point[]>();

  add(point: Point): void {
    const key = this.key(point.x, point.y);
    const cell = this.cells.get(key);
    if (cell) cell.push(point);
    else this.cells.set(key, [point]);
  }

  isFree(point: Point): boolean {
    for (const dx of [-APART, 0, APART]) {
      for (const dy of [-APART, 0, APART]) {
        const near = this.cells.get(this.key(point.x + dx, point.y + dy)) ?? [];
        if (near.some((other) => Math.hypot(other.x - point.x, other.y - point.y) < APART)) return false;
      }
    }
    return true;
  }

  private key(x: number, y: number): string {
    return `${Math.floor(x / APART)},${Math.floor(y / APART)}`;
  }
}

/** A free place on rings around `centre`, starting in the direction `turn`. */
function freePlace(centre: Point, turn: number, taken: Taken): Point {
  for (let ring = 1; ring < 60; ring += 1) {
    const steps = TURNS * ring;
    for (let step = 0; step < steps; step += 1) {
      const side = step % 2 === 0 ? step / 2 : -(step + 1) / 2;
      const angle = turn + (side * 2 * Math.PI) / steps;
      const radius = NEAR + (ring - 1) * APART;
      const point = { x: centre.x + Math.cos(angle) * radius, y: centre.y + Math.sin(angle) * radius };
      if (taken.isFree(point)) return point;
    }
  }
  return { x: centre.x + NEAR * 60, y: centre.y };
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/**
 * Places for new items near their neighbours, outwards from the middle of the chart. Nothing that has a place moves.
 * `neighboursOf` may name new items; they count once they are placed. Same input, same places.
 */
export function placeNear(
  ids: readonly string[], placed: ReadonlyMap<string, Point>, neighboursOf: (id: string) => readonly string[],
): Map<string, Point> {
  const taken = new Taken();
  for (const point of placed.values()) taken.add(point);
  const middle = placed.size > 0 ? mean([...placed.values()]) : { x: 0, y: 0 };
  const found = new Map<string, Point>();
  const known = (id: string): Point[] => neighboursOf(id).flatMap((other) => placed.get(other) ?? found.get(other) ?? []);
  const waiting = [...ids];
  while (waiting.length > 0) {
    const next = Math.max(0, waiting.findIndex((id) => known(id).length > 0));
    const id = waiting.splice(next, 1)[0] ?? '';
    const neighbours = known(id);
    const centre = neighbours.length > 0 ? mean(neighbours) : middle;
    const away = Math.atan2(centre.y - middle.y, centre.x - middle.x);
    const turn = neighbours.length > 0 && centre !== middle ? away : (hashOf(id) / 4_294_967_296) * 2 * Math.PI;
    const point = freePlace(centre, turn, taken);
    taken.add(point);
    found.set(id, point);
  }
  return found;
}
