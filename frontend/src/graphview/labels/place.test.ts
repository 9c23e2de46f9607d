import { describe, expect, it } from 'vitest';
import { NodeGrid } from '@/graphview/labels/nodeGrid';
import { placeLabels, TakenBoxes, type Box, type LabelWish } from '@/graphview/labels/place';
import { shortLabel } from '@/graphview/labels/text';

const wish = (id: string, x: number, y: number): LabelWish => ({ id, x, y, reach: 12, width: 60, height: 14 });
const free = (): boolean => false;
const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('placeLabels', () => {
  it('prefers the place below', () => {
    const [label] = placeLabels([wish('a', 100, 100)], new TakenBoxes(), free);
    expect(label).toMatchObject({ left: 70, top: 114 });
  });

  it('goes to the end side when something is below', () => {
    const [label] = placeLabels([wish('a', 100, 100)], new TakenBoxes(), (box) => box.top >= 112);
    expect(label?.left).toBe(116);
  });

  it('leaves a label out when all four places are in use', () => {
    expect(placeLabels([wish('a', 100, 100)], new TakenBoxes(), () => true)).toEqual([]);
  });

  it('never lets two labels overlap', () => {
    const wishes = Array.from({ length: 40 }, (_, n) => wish(String(n), 100 + (n % 7) * 9, 100 + Math.floor(n / 7) * 8));
    const placed = placeLabels(wishes, new TakenBoxes(), free);
    const clashes = placed.flatMap((one, at) => placed.slice(at + 1).filter((other) => overlap(one, other)));
    expect(clashes).toEqual([]);
  });

  it('gives the first wish its place, and stops at the limit', () => {
    const placed = placeLabels([wish('first', 0, 0), wish('second', 0, 0), wish('third', 500, 500)], new TakenBoxes(), free, 2);
    expect(placed.map(({ id }) => id)).toEqual(['first', 'second']);
    expect(placed[0]).toMatchObject({ top: 14 });
  });
});

describe('NodeGrid', () => {
  const box = { left: 0, top: 0, right: 60, bottom: 14 };

  it('finds an item that reaches into a box, but not the owner', () => {
    const grid = new NodeGrid();
    grid.set('a', 70, 7, 12);
    expect(grid.touches(box, 'b', 1)).toBe(true);
    expect(grid.touches(box, 'a', 1)).toBe(false);
  });

  it('follows an item that moves away', () => {
    const grid = new NodeGrid();
    grid.set('a', 70, 7, 12);
    grid.set('a', 400, 7, 12);
    expect(grid.touches(box, 'b', 1)).toBe(false);
  });
});

describe('shortLabel', () => {
  it.each([
    ['Ilian Dravec', false, 'Ilian Dravec'],
    ['IT60X0542811101000004417', true, 'IT60 … 4417'],
    ['Cedar Gate Trading SARL Holding', false, 'Cedar Gate Trading SA…'],
    ['+39 333 555 0142', true, '+39 333 555 0142'],
  ])('%s', (caption, identifier, label) => expect(shortLabel(caption, identifier)).toBe(label));
});
