/** A label that wants a place beside its item; all lengths in CSS pixels. */
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

const CELL = 48;
const GAP = 2;

/** What is in the way, in a grid of cells so that a question looks at a few boxes only. */
export class Obstacles {
  private readonly cells = new Map<number, { readonly box: Box; readonly owner: string }[]>();

  add(box: Box, owner = ''): void {
    this.eachCell(box, (key) => {
      const cell = this.cells.get(key);
      if (cell) cell.push({ box, owner });
      else this.cells.set(key, [{ box, owner }]);
      return false;
    });
  }

  /** True when the box touches nothing but what `owner` put there. */
  isFree(box: Box, owner: string): boolean {
    return !this.eachCell(box, (key) => (this.cells.get(key) ?? []).some((other) => other.owner !== owner
      && box.left < other.box.right && other.box.left < box.right && box.top < other.box.bottom && other.box.top < box.bottom));
  }

  private eachCell(box: Box, visit: (key: number) => boolean): boolean {
    for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row += 1) {
      for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column += 1) {
        if (visit(row * 4096 + column)) return true;
      }
    }
    return false;
  }
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

/**
 * Places labels greedily in the order given; a label whose four places are all taken is left out. Placed labels become
 * obstacles themselves. At most `limit` are placed.
 */
export function placeLabels(wishes: Iterable<LabelWish>, obstacles: Obstacles, limit = Infinity): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const wish of wishes) {
    if (placed.length >= limit) break;
    const free = candidates(wish).find((box) => obstacles.isFree(box, wish.id));
    if (!free) continue;
    obstacles.add(free);
    placed.push({ id: wish.id, ...free });
  }
  return placed;
}
