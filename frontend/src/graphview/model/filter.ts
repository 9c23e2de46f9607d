import { gradeAtLeast, type GradeStep } from '@/graphview/model/grades';
import { isLinkClass, KIND_GROUPS, LINK_CLASSES, type Item, type KindGroup, type Link, type LinkClass, type LinkStrength, type Standing } from '@/graphview/model/types';

export const STRENGTHS = ['CONFIRMED', 'TENTATIVE', 'UNCONFIRMED'] as const satisfies readonly LinkStrength[];

/** Standings under which nothing stands any more. */
export const FALLEN = ['EXCLUDED', 'RESERVED', 'RETRACTED'] as const satisfies readonly Standing[];
export type Fallen = (typeof FALLEN)[number];

/** How well a link is supported: its strength, or that it does not stand. One row of the legend each. */
export type Support = LinkStrength | Fallen;
export const SUPPORTS: readonly Support[] = [...STRENGTHS, ...FALLEN];

/** What the legend leaves out. Everything in the three sets is filtered. */
export interface Filter {
  readonly groups: ReadonlySet<KindGroup>;
  readonly classes: ReadonlySet<LinkClass>;
  readonly supports: ReadonlySet<Support>;
  readonly grade: GradeStep | null;
}

export const NO_FILTER: Filter = { groups: new Set(), classes: new Set(), supports: new Set(), grade: null };

/** One row of the legend. */
export type LegendRow =
  | { readonly type: 'group'; readonly value: KindGroup }
  | { readonly type: 'class'; readonly value: LinkClass }
  | { readonly type: 'support'; readonly value: Support };

export function isFiltered(filter: Filter): boolean {
  return filter.groups.size + filter.classes.size + filter.supports.size > 0 || filter.grade !== null;
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
    case 'support': return { ...filter, supports: toggled(filter.supports, row.value) };
    default: return row satisfies never;
  }
}

/** The filter after an Alt-click on a legend row: only this one of its section; again: all of them. */
export function isolateRow(filter: Filter, row: LegendRow): Filter {
  switch (row.type) {
    case 'group': return { ...filter, groups: isolated(filter.groups, KIND_GROUPS, row.value) };
    case 'class': return { ...filter, classes: isolated(filter.classes, LINK_CLASSES, row.value) };
    case 'support': return { ...filter, supports: isolated(filter.supports, SUPPORTS, row.value) };
    default: return row satisfies never;
  }
}

export function rowIsFiltered(filter: Filter, row: LegendRow): boolean {
  switch (row.type) {
    case 'group': return filter.groups.has(row.value);
    case 'class': return filter.classes.has(row.value);
    case 'support': return filter.supports.has(row.value);
    default: return row satisfies never;
  }
}

export function linkClassOf(link: Pick<Link, 'linkClass'>): LinkClass {
  return isLinkClass(link.linkClass) ? link.linkClass : 'use';
}

/** The standing of something that does not stand; null for what does. */
export const fallenAs = ({ standing }: { readonly standing: Standing }): Fallen | null => FALLEN.find((each) => each === standing) ?? null;

export const supportOf = (link: Pick<Link, 'standing' | 'strength'>): Support => fallenAs(link) ?? link.strength;

export function itemPasses(filter: Filter, item: Item, group: KindGroup): boolean {
  const fallen = fallenAs(item);
  return !filter.groups.has(group) && !(fallen && filter.supports.has(fallen)) && (filter.grade === null || gradeAtLeast(item.grade, filter.grade));
}

export function linkPasses(filter: Filter, link: Link): boolean {
  return !filter.classes.has(linkClassOf(link)) && !filter.supports.has(supportOf(link))
    && (filter.grade === null || gradeAtLeast(link.grade, filter.grade));
}

export function rowHolds(row: LegendRow, item: Item, group: KindGroup): boolean {
  if (row.type === 'group') return row.value === group;
  return row.type === 'class' || !FALLEN.some((each) => each === row.value) || row.value === item.standing;
}

export function rowHoldsLink(row: LegendRow, link: Link): boolean {
  if (row.type === 'class') return linkClassOf(link) === row.value;
  return row.type === 'support' && supportOf(link) === row.value;
}
