/** A label that wants a place beside its item; all lengths in CSS pixels, y downwards. */
export interface LabelWish {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Distance from the centre that the label keeps. */
  readonly reach: number;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface PlacedLabel extends Box {
  readonly id: string;
}

/** Says whether something other than labels is in the way of the label of `owner`. */
export type Blocked = (box: Box, owner: string) => boolean;

const CELL = 48;
const GAP = 2;

/** Boxes that are taken, in a grid of cells so that a question looks at a few of them only. */
export class TakenBoxes {
  private readonly cells = new Map<number, Box[]>();

  add(box: Box): void {
    for (const key of keys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }

  isFree(box: Box): boolean {
    return !keys(box).some((key) => (this.cells.get(key) ?? []).some((other) =>
      box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom));
  }
}

function keys(box: Box): number[] {
  const found: number[] = [];
  for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row += 1) {
    for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column += 1) found.push(row * 4096 + column);
  }
  return found;
}

function boxAt(left: number, top: number, wish: LabelWish): Box {
  return { left, top, right: left + wish.width, bottom: top + wish.height };
}

/** The four places in order: below, end, start, above. */
export function candidates(wish: LabelWish): Box[] {
  const { x, y, reach, width, height } = wish;
  return [
    boxAt(x - width / 2, y + reach + GAP, wish),
    boxAt(x + reach + GAP + 2, y - height / 2, wish),
    boxAt(x - reach - GAP - 2 - width, y - height / 2, wish),
    boxAt(x - width / 2, y - reach - GAP - height, wish),
  ];
}

/** The first free place of a label, which is then taken; null when all four are in use. */
export function placeLabel(wish: LabelWish, taken: TakenBoxes, blocked: Blocked): PlacedLabel | null {
  const free = candidates(wish).find((box) => taken.isFree(box) && !blocked(box, wish.id));
  if (!free) return null;
  taken.add(free);
  return { id: wish.id, ...free };
}

/** Places labels greedily in the order given, at most `limit`; a label whose four places are all taken is left out. */
export function placeLabels(wishes: Iterable<LabelWish>, taken: TakenBoxes, blocked: Blocked, limit = Infinity): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const wish of wishes) {
    if (placed.length >= limit) break;
    const label = placeLabel(wish, taken, blocked);
    if (label) placed.push(label);
  }
  return placed;
}
