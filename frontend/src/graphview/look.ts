import type { Drawn } from '@/graphview/model/derive';
import { fallenAs, linkClassOf, rowHolds, rowHoldsLink } from '@/graphview/model/filter';
import type { Group } from '@/graphview/model/groups';
import type { KindLook } from '@/graphview/model/kinds';
import type { Strand } from '@/graphview/model/parallels';
import { KIND_GROUPS, LINK_CLASSES, type Item, type Link, type LinkClass, type LinkStrength } from '@/graphview/model/types';
import type { View } from '@/graphview/model/view';
import { COURT_CLASS, COURT_HUE, END_MARK, NODE_BADGE, NODE_FLAG, NODE_RING, NO_PICTOGRAM, PATTERN, RETRACTED_CLASS, RETRACTED_HUE, SHAPE, STRUCK, type EdgeLook, type NodeLook } from '@/graphview/programs/looks';

/** More links than this make an item a hub. */
export const HUB_DEGREE = 200;
export const SELECTED_RADIUS = 21;
/** Up to so many selected items are drawn over all others. */
const ON_TOP = 50;

/** The hovered item with its neighbours and links, which stay at 100 % while the rest is dimmed. */
export type Focus = ReadonlySet<string>;

/** Radius of an item in pixels at 100 %, from the reader's degree. */
export function radiusOf(degree: number): number {
  if (degree < 8) return 11.5;
  return Math.min(17, 14 + (Math.sqrt(degree) - Math.sqrt(8)) * 0.4);
}

function fade(view: View, ids: readonly string[], kept: boolean | null): number {
  if (view.spotlight) return ids.some((id) => view.spotlight?.has(id)) ? 1 : 0.15;
  return kept === false ? 0.15 : 1;
}

/** Radius of a group; its rounded rectangle is wider. */
export const GROUP_RADIUS = 15;

/**
 * How an item is there: drawn, unseen at the place of the item that stands for its group (its links end there), faint because
 * it was filtered, or not at all.
 */
export type Presence = 'drawn' | 'member' | 'ghost' | 'absent';

export function presenceOf(drawn: Drawn, id: string): Presence {
  if (drawn.items.has(id)) return 'drawn';
  const head = drawn.heads.get(id);
  if (head !== undefined && drawn.items.has(head)) return 'member';
  return drawn.ghosts.has(id) ? 'ghost' : 'absent';
}

/** What one item needs to be drawn, beside the item itself. */
export interface NodeContext {
  readonly at: { readonly x: number; readonly y: number };
  readonly kind: KindLook;
  readonly view: View;
  readonly focus: Focus | null;
  readonly presence: Presence;
}

/** Hues and strokes of what does not stand, by why. */
const FALLEN_ITEM = { EXCLUDED: COURT_HUE, RESERVED: COURT_HUE, RETRACTED: RETRACTED_HUE } as const;
const FALLEN_LINK = {
  EXCLUDED: { hue: COURT_CLASS, struck: STRUCK.twice }, RESERVED: { hue: COURT_CLASS, struck: STRUCK.once },
  RETRACTED: { hue: RETRACTED_CLASS, struck: STRUCK.once },
} as const;

function itemFlags(item: Item, selected: boolean, focused: boolean): number {
  return (item.uncertain ? NODE_FLAG.uncertain : 0) + (selected ? NODE_FLAG.selected : 0) + (item.merged > 1 ? NODE_FLAG.merged : 0)
    + (item.degree > HUB_DEGREE ? NODE_FLAG.hub : 0) + (focused ? NODE_FLAG.focus : 0)
    + (fallenAs(item) ? NODE_FLAG.fallen : 0);
}

const ALPHA: Record<Presence, number> = { drawn: 1, member: 0, ghost: 0.12, absent: 0 };
/** Hue of a group whose members are of different kinds. */
const NEUTRAL = KIND_GROUPS.indexOf('case');

/** What a colleague does to an item, or to any member of the group that it stands for. */
function firstOf<V>(map: ReadonlyMap<string, V>, group: Group | undefined, id: string): V | undefined {
  if (!group || map.size === 0) return map.get(id);
  return [...map].find(([each]) => group.members.has(each))?.[1];
}

/** How an item is drawn under this view. Pure. */
export function nodeLook(item: Item, { at, kind, view, focus, presence }: NodeContext): NodeLook {
  const group = view.groups.get(item.id);
  const selected = view.selected.has(item.id);
  const other = firstOf(view.others, group, item.id);
  const change = firstOf(view.changed, group, item.id);
  const fallen = group ? null : fallenAs(item);
  const focused = focus?.has(item.id) ?? false;
  const kept = view.preview ? rowHolds(view.preview, item, kind.group) : null;
  return {
    x: at.x, y: at.y, hidden: presence === 'absent', highlighted: selected && view.selected.size <= ON_TOP,
    size: selected ? SELECTED_RADIUS : group || presence === 'member' ? GROUP_RADIUS : radiusOf(item.degree),
    ...(group ? { shape: SHAPE.group, hue: group.kind === null ? NEUTRAL : kind.hue, pictogram: NO_PICTOGRAM }
      : { shape: kind.shape, hue: fallen ? FALLEN_ITEM[fallen] : kind.hue, pictogram: kind.pictogram }),
    flags: group ? (selected ? NODE_FLAG.selected : 0) + (focused ? NODE_FLAG.focus : 0) : itemFlags(item, selected, focused),
    alpha: Math.round(255 * ALPHA[presence] * (view.court && fallen && !selected ? COURT_ITEM : 1) * fade(view, [item.id], kept)),
    person: other?.tone ?? change?.tone ?? 0,
    ring: (other ? NODE_RING.selection : 0) + (change && !other ? NODE_RING.change : 0),
    badges: presence === 'ghost' ? 0 : (item.markings.length > 0 ? NODE_BADGE.lock : 0) + (view.pinned.has(item.id) ? NODE_BADGE.pin : 0),
  };
}

/** Width of a money flow in pixels, by the logarithm of its sum in minor units. */
export function flowWidth(minor: number): number {
  if (minor <= 0) return 1.5;
  const share = (Math.log10(minor / 100) - 3) / 4;
  return 1.5 + 6.5 * Math.min(1, Math.max(0, share));
}

const REST: Record<LinkClass, number> = { ownership: 0.6, money: 0.62, communication: 0.6, personal: 0.6, use: 0.55, citation: 0.4 };
const PATTERNS: Record<LinkStrength, number> = { CONFIRMED: PATTERN.solid, TENTATIVE: PATTERN.dashed, UNCONFIRMED: PATTERN.dotted };
/** What does not stand is drawn at so much. */
const FALLEN_REST = 0.4;
/** In a court's view what does not stand recedes: items to so much, links to so much. */
const COURT_ITEM = 0.4;
const COURT_LINK = 0.16;
const STRENGTH_OPACITY: Record<LinkStrength, number> = { CONFIRMED: 1, TENTATIVE: 0.7, UNCONFIRMED: 0.45 };
const MARKS: Partial<Record<LinkClass, number>> = { ownership: END_MARK.diamond, money: END_MARK.triangle };

export interface EdgeContext {
  readonly view: View;
  readonly focus: Focus | null;
  readonly strengthAsOpacity: boolean;
  /** Sum of the strand's amounts in minor units; 0 when it has none. */
  readonly sum: number;
}

function restOpacity(link: Link, kind: LinkClass, beside: boolean, selected: boolean, context: EdgeContext): number {
  if (fallenAs(link)) return selected ? 1 : context.view.court ? COURT_LINK : FALLEN_REST;
  const base = selected || (beside && kind !== 'citation') ? 1 : REST[kind];
  return context.strengthAsOpacity ? base * STRENGTH_OPACITY[link.strength] : base;
}

/** How a link is drawn under this view. Pure. */
export function edgeLook(link: Link, strand: Strand | undefined, context: EdgeContext): EdgeLook {
  const { view, focus } = context;
  const kind = linkClassOf(link);
  const fallen = fallenAs(link);
  const members = strand?.members ?? [];
  const selected = members.some((id) => view.selectedLinks.has(id));
  const beside = view.selected.has(link.source) || view.selected.has(link.target);
  const kept = view.preview && view.preview.type !== 'group' ? rowHoldsLink(view.preview, link) : null;
  const width = kind === 'money' ? flowWidth(context.sum) : beside ? 1.6 : 1.2;
  const change = members.map((id) => view.changed.get(id)).find(Boolean);
  const hovered = view.hoveredLink !== null && members.includes(view.hoveredLink);
  return {
    hidden: members.length === 0,
    size: width + (selected ? 0.8 : 0),
    curve: strand?.curve ?? 0,
    hue: fallen ? FALLEN_LINK[fallen].hue : LINK_CLASSES.indexOf(kind),
    pattern: context.strengthAsOpacity || fallen ? PATTERN.solid : PATTERNS[link.strength],
    mark: MARKS[kind] ?? END_MARK.none,
    struck: fallen ? FALLEN_LINK[fallen].struck : STRUCK.not,
    focus: members.some((id) => focus?.has(id)),
    alpha: Math.round(255 * (hovered ? 1 : restOpacity(link, kind, beside, selected, context)) * fade(view, members, kept)),
    underlay: change?.tone ?? 0,
  };
}
