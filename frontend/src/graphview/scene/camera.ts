import type Sigma from 'sigma';
import type { Bounds, Point } from '@/graphview/model/types';

/**
 * The frame that sigma normalises places into. It never follows the content, so nothing that others add moves the picture:
 * 1,000 units are the smaller side of the canvas at camera ratio 1.
 */
export const FRAME = 1000;
export const FRAME_BOX: { x: [number, number]; y: [number, number] } = { x: [-FRAME / 2, FRAME / 2], y: [-FRAME / 2, FRAME / 2] };

/** Linear way from chart units (y up) to CSS pixels of the canvas (y down). */
export interface Projection {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export function projectionOf(sigma: Sigma): Projection {
  const { x, y } = sigma.graphToViewport({ x: 0, y: 0 });
  return { scale: pixelsPerUnit(sigma, sigma.getCamera().ratio), x, y };
}

export function pixelsPerUnit(sigma: Sigma, ratio: number): number {
  const { width, height } = sigma.getDimensions();
  return Math.min(width, height) / (FRAME * ratio);
}

/** How much items shrink when the chart does: slower than the distances, down to a dot. */
export function itemScale(unit: number): number {
  return Math.min(1.5, Math.max(0.12, Math.sqrt(unit) * Math.min(1, unit ** 0.12)));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How bounds are looked at: around `middle` (else their own) where they would shrink below `least` pixels per unit; `covered` pixels at the foot are behind a sheet. */
export interface Framing {
  readonly least?: number;
  readonly middle?: Point;
  readonly covered?: number;
}

/** Camera that shows the bounds above the `covered` pixels at the foot, with a margin for labels; not nearer than 120 %. */
export function cameraFor(bounds: Bounds, { width, height }: Size, { least = 0, middle, covered = 0 }: Framing = {}): { x: number; y: number; ratio: number } {
  const seen = Math.max(height - covered, height / 4);
  const margin = Math.min(56, width / 6, seen / 6);
  const fitting = Math.min(
    (width - 2 * margin) / Math.max(1, bounds.maxX - bounds.minX),
    (seen - 2 * margin) / Math.max(1, bounds.maxY - bounds.minY),
    1.2,
  );
  const unit = Math.max(least, fitting);
  const own = { x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 };
  const { x, y } = fitting < least ? middle ?? own : own;
  const framed = (value: number): number => 0.5 + value / FRAME;
  return {
    x: framed(x), y: framed(y - (height - seen) / 2 / unit),
    ratio: Math.min(width, height) / (FRAME * unit),
  };
}

export function boundsOf(points: Iterable<Point>): Bounds | null {
  let minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity;
  for (const { x, y } of points) {
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : null;
}

/** The camera under which everything keeps its size and its distance from the left and upper edges after a change of the canvas. */
export function keptInPlace(camera: { x: number; y: number; ratio: number }, before: Size, after: Size): { x: number; y: number; ratio: number } {
  const unit = Math.min(before.width, before.height) / camera.ratio;
  return {
    x: camera.x + (after.width - before.width) / 2 / unit,
    y: camera.y + (before.height - after.height) / 2 / unit,
    ratio: Math.min(after.width, after.height) / unit,
  };
}
