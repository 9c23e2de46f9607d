import { gradeAtLeast, type GradeStep } from '@/graphview/model/grades';
import { isLinkClass, KIND_GROUPS, LINK_CLASSES, type Item, type KindGroup, type Link, type LinkClass, type LinkStrength } from '@/graphview/model/types';

export const STRENGTHS = ['CONFIRMED', 'TENTATIVE', 'UNCONFIRMED'] as const satisfies readonly LinkStrength[];

/** What the legend leaves out. Everything in the three sets is filtered. */
export interface Filter {
  readonly groups: ReadonlySet<KindGroup>;
  readonly classes: ReadonlySet<LinkClass>;
  readonly strengths: ReadonlySet<LinkStrength>;
  readonly grade: GradeStep | null;
}

export const NO_FILTER: Filter = { groups: new Set(), classes: new Set(), strengths: new Set(), grade: null };

/** One row of the legend. */
export type LegendRow =
  | { readonly type: 'group'; readonly value: KindGroup }
  | { readonly type: 'class'; readonly value: LinkClass }
  | { readonly type: 'strength'; readonly value: LinkStrength };

export function isFiltered(filter: Filter): boolean {
  return filter.groups.size + filter.classes.size + filter.strengths.size > 0 || filter.grade !== null;
}

function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

/** All but `value`; all of nothing when it already stood alone. */
function isolated<T>(set: ReadonlySet<T>, all: readonly T[], value: T): ReadonlySet<T> {
  const alone = set.size === all.length - 1 && !set.has(value);
  return alone ? new Set() : new Set(all.filter((each) => each !== value));
}

/** The filter after a click on a legend row. */
export function toggleRow(filter: Filter, row: LegendRow): Filter {
  switch (row.type) {
    case 'group': return { ...filter, groups: toggled(filter.groups, row.value) };
    case 'class': return { ...filter, classes: toggled(filter.classes, row.value) };
    case 'strength': return { ...filter, strengths: toggled(filter.strengths, row.value) };
    default: return row satisfies never;
  }
}

/** The filter after an Alt-click on a legend row: only this one of its section; again: all of them. */
export function isolateRow(filter: Filter, row: LegendRow): Filter {
  switch (row.type) {
    case 'group': return { ...filter, groups: isolated(filter.groups, KIND_GROUPS, row.value) };
    case 'class': return { ...filter, classes: isolated(filter.classes, LINK_CLASSES, row.value) };
    case 'strength': return { ...filter, strengths: isolated(filter.strengths, STRENGTHS, row.value) };
    default: return row satisfies never;
  }
}

export function rowIsFiltered(filter: Filter, row: LegendRow): boolean {
  switch (row.type) {
    case 'group': return filter.groups.has(row.value);
    case 'class': return filter.classes.has(row.value);
    case 'strength': return filter.strengths.has(row.value);
    default: return row satisfies never;
  }
}

export function linkClassOf(link: Pick<Link, 'linkClass'>): LinkClass {
  return isLinkClass(link.linkClass) ? link.linkClass : 'use';
}

export function itemPasses(filter: Filter, item: Item, group: KindGroup): boolean {
  return !filter.groups.has(group) && (filter.grade === null || gradeAtLeast(item.grade, filter.grade));
}

export function linkPasses(filter: Filter, link: Link): boolean {
  return !filter.classes.has(linkClassOf(link)) && !filter.strengths.has(link.strength)
    && (filter.grade === null || gradeAtLeast(link.grade, filter.grade));
}

export function rowHolds(row: LegendRow, group: KindGroup): boolean {
  return row.type === 'group' && row.value === group;
}

export function rowHoldsLink(row: LegendRow, link: Link): boolean {
  if (row.type === 'class') return linkClassOf(link) === row.value;
  return row.type === 'strength' && link.strength === row.value;
}
