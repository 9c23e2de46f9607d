export const LAYOUTS = ['organic', 'hierarchical', 'radial', 'circular', 'grid'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

/** A chart as numbers, ready to be sent to the layout worker. Lengths are CSS pixels at 100 %; y grows upwards. */
export interface LayoutInput {
  readonly layout: LayoutName;
  /** Number of items. */
  readonly count: number;
  /** Present places; what is fixed keeps them. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 where a person pinned the item. */
  readonly fixed: Uint8Array;
  /** Pairs of item indices, source then target. */
  readonly edges: Uint32Array;
  /** 1 for each link that runs from above to below in the hierarchical layout. */
  readonly ranked: Uint8Array;
  /** Group of each item, for the order on circle and grid. */
  readonly group: Uint8Array;
  /** Item in the middle of the radial layout; −1 for the one with the most links. */
  readonly root: number;
}

export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}
