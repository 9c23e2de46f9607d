import type { Point } from '@/graphview/model/types';

export type Heading = 'left' | 'right' | 'up' | 'down';

const VECTORS: Record<Heading, Point> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, up: { x: 0, y: 1 }, down: { x: 0, y: -1 } };

/**
 * The nearest place in a direction, for the arrow keys: within 60° of it, what lies off the line counts as farther.
 * `y` grows upwards. Null when nothing lies that way.
 */
export function nearestTowards(from: Point, heading: Heading, places: Iterable<readonly [string, Point]>): string | null {
  const vector = VECTORS[heading];
  let best: string | null = null;
  let least = Infinity;
  for (const [id, { x, y }] of places) {
    const ahead = (x - from.x) * vector.x + (y - from.y) * vector.y;
    const aside = Math.abs((x - from.x) * vector.y) + Math.abs((y - from.y) * vector.x);
    if (ahead <= 0 || aside > ahead * 1.74) continue;
    const cost = ahead + aside * 1.5;
    if (cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}
