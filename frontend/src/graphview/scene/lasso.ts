import type { Point } from '@/graphview/model/types';
import { projectionOf } from '@/graphview/scene/camera';
import type { Scene } from '@/graphview/scene/scene';

/** True when the point lies inside the closed path (even-odd rule). */
export function inside(point: Point, path: readonly Point[]): boolean {
  let odd = false;
  path.forEach((a, index) => {
    const b = path[(index + 1) % path.length] ?? a;
    const crosses = a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x;
    if (crosses) odd = !odd;
  });
  return odd;
}

/** Drawn items inside a path given in CSS pixels of the canvas. */
export function insideLasso(scene: Scene, path: readonly Point[]): string[] {
  const { scale, x, y } = projectionOf(scene.sigma);
  return [...scene.store.snapshot().drawn.items].filter((id) => {
    const place = scene.store.place(id);
    return inside({ x: x + place.x * scale, y: y - place.y * scale }, path);
  });
}
