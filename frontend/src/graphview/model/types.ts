/** The chart as the server tells it: structurally the `ChartItem` and `ChartLink` of the schema. */
export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly caption: string;
  readonly degree: number;
  readonly uncertain: boolean;
  /** Ids of markings that visible records carry. */
  readonly markings: readonly string[];
  readonly merged: number;
  readonly grade?: string | null;
  readonly handling: string;
  readonly standing: Standing;
}

/** How the visible records of an item or link stand as a whole. */
export type Standing = 'AGREE' | 'ONE_SOURCE' | 'CONFLICT' | 'RETRACTED' | 'EXCLUDED' | 'RESERVED';

export type LinkStrength = 'CONFIRMED' | 'TENTATIVE' | 'UNCONFIRMED';

export interface Link {
  readonly id: string;
  readonly kind: string;
  readonly linkClass: string;
  readonly label: string;
  readonly source: string;
  readonly target: string;
  readonly strength: LinkStrength;
  readonly amount?: string | null;
  readonly currency?: string | null;
  readonly date?: string | null;
  /** Ids of markings that visible records carry. */
  readonly markings: readonly string[];
  readonly grade?: string | null;
  readonly handling: string;
  readonly standing: Standing;
}

export interface ChartAnswer {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
}

/** Groups of entity kinds, in the order of the legend; each has one hue and one shape (handbook §3.2). */
export const KIND_GROUPS = [
  'person', 'organisation', 'case', 'account', 'wallet', 'communication', 'vehicle', 'exhibit', 'place', 'event',
] as const;
export type KindGroup = (typeof KIND_GROUPS)[number];

/** Classes of links, in the order of the legend; each has one hue (handbook §3.3). */
export const LINK_CLASSES = ['ownership', 'money', 'communication', 'personal', 'use', 'citation'] as const;
export type LinkClass = (typeof LINK_CLASSES)[number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

export function isKindGroup(value: string): value is KindGroup {
  return (KIND_GROUPS as readonly string[]).includes(value);
}

export function isLinkClass(value: string): value is LinkClass {
  return (LINK_CLASSES as readonly string[]).includes(value);
}
