import { describe, expect, it } from 'vitest';
import { boundsOf, cameraFor, itemScale, keptInPlace } from '@/graphview/scene/camera';
import { inside } from '@/graphview/scene/lasso';
import { nearestTowards } from '@/graphview/scene/nearest';

const places = [['east', { x: 100, y: 10 }], ['far', { x: 300, y: 0 }], ['north', { x: 5, y: 90 }]] as const;

describe('the camera', () => {
  it('never comes nearer than 120 % to fit few items', () => {
    const { ratio } = cameraFor({ minX: 0, minY: 0, maxX: 10, maxY: 10 }, { width: 800, height: 600 });
    expect(600 / (1000 * ratio)).toBeCloseTo(1.2);
  });

  it('fits what it shows above a sheet', () => {
    const bounds = { minX: -100, minY: -50, maxX: 100, maxY: 50 };
    const { y, ratio } = cameraFor(bounds, { width: 390, height: 700 }, { least: 0.6, covered: 400 });
    const pixels = 390 / (1000 * ratio);
    const fromTop = (value: number): number => 350 - (0.5 + value / 1000 - y) * 1000 * pixels;
    expect([fromTop(50) + fromTop(-50), pixels]).toEqual([expect.closeTo(300) as number, expect.closeTo(1.2) as number]);
  });

  it('looks at the middle that matters where not everything fits', () => {
    const bounds = { minX: 0, minY: 0, maxX: 9000, maxY: 9000 };
    const { x, y } = cameraFor(bounds, { width: 390, height: 700 }, { least: 0.6, middle: { x: 40, y: 80 } });
    expect([x, y]).toEqual([expect.closeTo(0.54) as number, expect.closeTo(0.58) as number]);
  });

  it('keeps size and upper corner when the canvas gets narrower', () => {
    const camera = { x: 0.5, y: 0.5, ratio: 1 };
    const after = keptInPlace(camera, { width: 1000, height: 600 }, { width: 600, height: 600 });
    // The left edge of the picture is half a width to the left of its middle.
    expect(after.x - 300 / 600).toBeCloseTo(camera.x - 500 / 600);
    expect(after.ratio).toBe(1);
  });

  it('shrinks items more slowly than distances', () => {
    expect(itemScale(0.25)).toBeGreaterThan(0.25);
    expect(itemScale(1)).toBe(1);
  });

  it('has no bounds of nothing', () => {
    expect(boundsOf([])).toBeNull();
  });
});

describe('nearestTowards', () => {
  it.each([['right', 'east'], ['up', 'north'], ['left', null], ['down', null]] as const)('%s leads to %s', (heading, id) => {
    expect(nearestTowards({ x: 0, y: 0 }, heading, places)).toBe(id);
  });
});

describe('the lasso', () => {
  it('takes what lies inside a bent path', () => {
    const path = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 5, y: 2 }, { x: 0, y: 10 }];
    expect(inside({ x: 1, y: 5 }, path)).toBe(true);
    expect(inside({ x: 5, y: 8 }, path)).toBe(false);
  });
});
