/** Bits of `flags`. */
export const NODE_FLAG = { uncertain: 1, selected: 2, merged: 4, hub: 8, fallen: 16, focus: 32 } as const;
/** Bits of `ring`: someone else's selection, and a change just made. */
export const NODE_RING = { selection: 1, change: 2 } as const;
/** Bits of `badges`. */
export const NODE_BADGE = { lock: 1, pin: 2 } as const;
export const SHAPE = { circle: 0, square: 1, diamond: 2, group: 3 } as const;
/** A cell of the atlas that stays empty. */
export const NO_PICTOGRAM = 31;
/** Hue indices after the ten kinds: what a court excluded, and what its own authority retracted. */
export const COURT_HUE = 10;
export const RETRACTED_HUE = 11;

/** How one item is drawn. Colours are indices, so that light and dark need no new buffers. */
export interface NodeLook {
  readonly x: number;
  readonly y: number;
  /** Radius in CSS pixels at 100 %. */
  readonly size: number;
  readonly hidden: boolean;
  /** Drawn once more over all others. */
  readonly highlighted: boolean;
  readonly shape: number;
  readonly pictogram: number;
  readonly flags: number;
  /** 0 to 255. */
  readonly alpha: number;
  /** Index into `KIND_GROUPS`, or `COURT_HUE`, or `RETRACTED_HUE`. */
  readonly hue: number;
  /** 0 nobody, 1 to 4 the colour of a colleague. */
  readonly person: number;
  readonly ring: number;
  readonly badges: number;
}

export const PATTERN = { solid: 0, dashed: 1, dotted: 2 } as const;
export const END_MARK = { none: 0, triangle: 1, diamond: 2 } as const;
/** Strokes across a link that does not stand. */
export const STRUCK = { not: 0, once: 1, twice: 2 } as const;
/** Hue indices after the six classes: what a court excluded, and what its own authority retracted. */
export const COURT_CLASS = 6;
export const RETRACTED_CLASS = 7;

/** How one link is drawn. */
export interface EdgeLook {
  /** Width in CSS pixels at 100 %, up to 15. */
  readonly size: number;
  readonly hidden: boolean;
  /** Height of the parabola over the chord in CSS pixels, −120 to 120; positive is left of the way from source to target. */
  readonly curve: number;
  /** Index into `LINK_CLASSES`, or `COURT_CLASS`, or `RETRACTED_CLASS`. */
  readonly hue: number;
  readonly pattern: number;
  readonly mark: number;
  readonly struck: number;
  /** Stays at 100 % while the rest is dimmed. */
  readonly focus: boolean;
  /** 0 to 255. */
  readonly alpha: number;
  /** 0 none, 1 to 4 the colour of the colleague who just added it. */
  readonly underlay: number;
}
