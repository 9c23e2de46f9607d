import { applyChange, Holdings, newChartGraph, type Applied, type ChartGraph } from '@/graphview/model/chart';
import { derive, deriveAgain, drawsTheSame, sameChoice, type Drawn } from '@/graphview/model/derive';
import { groupsWithout, withMembers } from '@/graphview/model/groups';
import { kindLook, type KindLook } from '@/graphview/model/kinds';
import type { ChartChange, ChartContent } from '@/graphview/model/reconcile';
import type { Item, KindGroup, Link, Point } from '@/graphview/model/types';
import { EMPTY_VIEW, type View } from '@/graphview/model/view';
import { placeNear } from '@/graphview/layout/placeNear';

/** What screens read; a new object at every change. */
export interface Snapshot {
  readonly view: View;
  readonly drawn: Drawn;
  /** Grows when items or links come, go or change. */
  readonly content: number;
  /** Grows when places change. */
  readonly places: number;
}

/** What a listener is told about a change. */
export type StoreEvent =
  | { readonly type: 'view'; readonly before: Snapshot }
  | { readonly type: 'content'; readonly before: Snapshot; readonly applied: Applied; readonly change: ChartChange }
  | { readonly type: 'places'; readonly ids: readonly string[] };

/** Up to so many new items and links, only what they touch is worked out again. */
const FEW = 500;

const NOTHING: Drawn = { items: new Set(), links: new Map(), heads: new Map(), ghosts: new Set() };

type Listener = (event: StoreEvent) => void;

/** The one chart of a page: content and places in graphology, interface state beside it. Renders nothing. */
export class ChartStore {
  readonly graph: ChartGraph = newChartGraph();
  private readonly holdings = new Holdings(this.graph);
  private current: Snapshot = { view: EMPTY_VIEW, drawn: NOTHING, content: 0, places: 0 };
  private readonly listeners = new Set<Listener>();
  private readonly looks = new Map<string, KindLook>();
  private readonly groupName: (kind: string) => string;

  constructor(groupName: (kind: string) => string) {
    this.groupName = groupName;
  }

  readonly snapshot = (): Snapshot => this.current;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  lookOf(kind: string): KindLook {
    const known = this.looks.get(kind) ?? kindLook(kind, this.groupName);
    this.looks.set(kind, known);
    return known;
  }

  readonly groupOf = (kind: string): KindGroup => this.lookOf(kind).group;

  item(id: string): Item | null {
    return this.graph.hasNode(id) ? this.graph.getNodeAttributes(id).item : null;
  }

  /** What an item is called on the chart: a group by its own name. */
  nameOf(id: string): string {
    return this.current.view.groups.get(id)?.name ?? this.item(id)?.caption ?? '';
  }

  place(id: string): Point {
    const { x, y } = this.graph.getNodeAttributes(id);
    return { x, y };
  }

  /** Where an item is drawn: a grouped one stands where its head does. */
  standsAt(id: string): Point {
    return this.place(this.current.drawn.heads.get(id) ?? id);
  }

  /** Changes the view; what is drawn is worked out again only when filter, hidden items or groups changed. */
  update(patch: Partial<View>): void {
    const before = this.current;
    const view = { ...before.view, ...patch };
    this.current = { ...before, view, drawn: sameChoice(view, before.view) ? before.drawn : derive(this.graph, view, this.groupOf) };
    this.tell({ type: 'view', before });
  }

  /** Applies a reconciled change; new items get places near their neighbours, or `places` where given. Nothing else moves. */
  apply(change: ChartChange, places?: ReadonlyMap<string, Point>): void {
    const before = this.current;
    const lost = change.removedLinks.flatMap((id) => this.holdings.links.get(id) ?? []);
    const applied = applyChange(this.graph, change, (items) => this.placesFor(items, change, places));
    this.holdings.take(change);
    const view = forgetting(before.view, [...change.removed, ...change.removedLinks]);
    this.current = { ...before, view, content: before.content + 1, drawn: this.drawnAfter(change, lost, applied, view) };
    this.tell({ type: 'content', before, applied, change });
  }

  /** Moves items. */
  move(places: ReadonlyMap<string, Point>): void {
    const moved = [...places.keys()].filter((id) => this.graph.hasNode(id));
    for (const id of moved) Object.assign(this.graph.getNodeAttributes(id), places.get(id));
    this.current = { ...this.current, places: this.current.places + 1 };
    this.tell({ type: 'places', ids: withMembers(this.current.view.groups, moved) });
  }

  content(): ChartContent {
    return this.holdings;
  }

  private drawnAfter(change: ChartChange, lost: readonly Link[], applied: Applied, view: View): Drawn {
    const { drawn } = this.current;
    if (!applied.structural && drawsTheSame(drawn, change, view.filter, this.groupOf)) return drawn;
    if (change.added.length + change.addedLinks.length > FEW) return derive(this.graph, view, this.groupOf);
    return deriveAgain(drawn, this.graph, change, lost, { view, groupOf: this.groupOf });
  }

  private placesFor(items: readonly Item[], change: ChartChange, given?: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
    const ids = items.map(({ id }) => id).filter((id) => !given?.has(id));
    if (ids.length === 0) return given ?? new Map();
    const placed = new Map<string, Point>(given);
    this.graph.forEachNode((id, { x, y }) => placed.set(id, { x, y }));
    const neighbours = new Map<string, string[]>();
    for (const { source, target } of change.addedLinks) {
      neighbours.set(source, [...(neighbours.get(source) ?? []), target]);
      neighbours.set(target, [...(neighbours.get(target) ?? []), source]);
    }
    return new Map([...placeNear(ids, placed, (id) => neighbours.get(id) ?? []), ...(given ?? [])]);
  }

  private tell(event: StoreEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}

/** The view without what is gone: nothing of it stays selected, hovered, pinned or ringed. */
function forgetting(view: View, gone: readonly string[]): View {
  if (gone.length === 0) return view;
  const lost = new Set(gone);
  const rest = (ids: ReadonlySet<string>): ReadonlySet<string> => new Set([...ids].filter((id) => !lost.has(id)));
  const restMap = <V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> => new Map([...map].filter(([id]) => !lost.has(id)));
  const still = (id: string | null): string | null => (id !== null && lost.has(id) ? null : id);
  return {
    ...view, selected: rest(view.selected), selectedLinks: rest(view.selectedLinks), pinned: rest(view.pinned),
    hidden: rest(view.hidden), groups: groupsWithout(view.groups, lost), others: restMap(view.others), changed: restMap(view.changed),
    hovered: still(view.hovered), hoveredLink: still(view.hoveredLink), spotlight: view.spotlight && rest(view.spotlight),
  };
}
