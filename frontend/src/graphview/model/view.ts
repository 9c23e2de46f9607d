import { NO_FILTER, type Filter, type LegendRow } from '@/graphview/model/filter';
import type { Groups } from '@/graphview/model/groups';

/** A colleague's ring: colour 1 to 4 and country code. */
export interface Colleague {
  readonly tone: number;
  readonly country: string;
}

/** What the reader's interface adds to the chart. Kept outside graphology: changing it never re-indexes anything. */
export interface View {
  readonly selected: ReadonlySet<string>;
  readonly selectedLinks: ReadonlySet<string>;
  readonly hovered: string | null;
  readonly hoveredLink: string | null;
  readonly hidden: ReadonlySet<string>;
  readonly pinned: ReadonlySet<string>;
  readonly groups: Groups;
  readonly filter: Filter;
  /** Filtered items are drawn faintly instead of left out. */
  readonly showFiltered: boolean;
  /** A court's view: what it excluded is drawn fainter still, and without names. */
  readonly court: boolean;
  /** The legend row under the pointer: the rest fades to 15 %. */
  readonly preview: LegendRow | null;
  /** Items and links of the path under the pointer or chosen; the rest fades. */
  readonly spotlight: ReadonlySet<string> | null;
  readonly others: ReadonlyMap<string, Colleague>;
  /** Items and links that a colleague changed a moment ago. */
  readonly changed: ReadonlyMap<string, Colleague>;
}

export const EMPTY_VIEW: View = {
  selected: new Set(), selectedLinks: new Set(), hovered: null, hoveredLink: null, hidden: new Set(), pinned: new Set(),
  groups: new Map(), showFiltered: false, filter: NO_FILTER, court: false, preview: null, spotlight: null, others: new Map(), changed: new Map(),
};
