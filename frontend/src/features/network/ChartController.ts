import type { CameraState } from 'sigma/types';
import { LayoutClient } from '@/graphview/layout/layoutClient';
import type { LayoutName } from '@/graphview/layout/types';
import { grouped, ungrouped, withMembers, type Group } from '@/graphview/model/groups';
import { History } from '@/graphview/model/history';
import { isEmpty, reconcile, without, type ChartChange, type Question } from '@/graphview/model/reconcile';
import type { ChartAnswer, Item, Link, Point } from '@/graphview/model/types';
import type { View } from '@/graphview/model/view';
import type { Scene } from '@/graphview/scene/scene';
import { ChartStore } from '@/graphview/store';
import { layoutInput, placesById } from '@/features/network/chartInput';
import { SHEET_REST } from '@/features/network/Sheet';
import { t } from '@/text/text';

type Naming = Pick<Group, 'name' | 'kind'>;

const PHONE = 480;
/** On a phone a chart opens at a size at which its icons can be told apart. */
const READABLE = 0.6;

/** What the reader does with a chart, each step of it undoable where it changes what the chart shows. Renders nothing. */
export class ChartController {
  readonly store: ChartStore;
  readonly history = new History();
  scene: Scene | null = null;
  private readonly layouts = new LayoutClient();
  private readonly watchers = new Set<() => void>();
  /** What to show as soon as there is a canvas: an item and its neighbours, or everything (null). */
  private wanted: { readonly around: string | null } | null = null;
  /** Where the reader looked when the canvas was last there. */
  private camera: CameraState | null = null;

  constructor(groupName: (kind: string) => string) {
    this.store = new ChartStore(groupName);
  }

  close(): void {
    this.layouts.close();
  }

  /** Told when undo and redo change. */
  readonly watch = (told: () => void): (() => void) => {
    this.watchers.add(told);
    return () => void this.watchers.delete(told);
  };

  attach(scene: Scene | null): void {
    if (!scene && this.scene) this.camera = this.scene.sigma.getCamera().getState();
    this.scene = scene;
    if (!scene) return;
    if (this.wanted || !this.camera) this.fit(this.wanted?.around);
    else scene.sigma.getCamera().setState(this.camera);
  }

  /** A chart: laid out in the worker before anything of it is drawn; what the reader pinned stays. Resolves to false when another one overtook it. */
  async open(answer: ChartAnswer): Promise<boolean> {
    const { pinned } = this.store.snapshot().view;
    const places = await this.layouts.run(layoutInput({
      layout: 'organic', items: answer.items, links: answer.links, groupOf: this.store.groupOf, pinned, root: null,
      placeOf: (id) => (this.store.graph.hasNode(id) ? this.store.place(id) : { x: 0, y: 0 }),
    }));
    if (!places) return false;
    const change = reconcile(this.store.content(), { type: 'whole' }, answer);
    const laidOut = placesById(answer.items.map(({ id }) => id), places);
    this.store.apply(change, laidOut);
    this.store.move(laidOut);
    this.fit();
    return true;
  }

  /** Takes in what the server says now. Nothing that has a place moves, nothing is undoable: others did it. */
  merge(question: Question, answer: ChartAnswer): ChartChange {
    const change = reconcile(this.store.content(), question, answer);
    if (!isEmpty(change)) this.store.apply(change);
    return change;
  }

  /** Takes items and links off; returns the items that stay and lost a link by it. */
  drop(ids: readonly string[]): readonly string[] {
    const gone = new Set(ids);
    const content = this.store.content();
    const change = without(content, new Set(ids.filter((id) => content.items.has(id))));
    if (!isEmpty(change)) this.store.apply(change);
    const lost = [...content.links.values()].filter(({ id }) => gone.has(id));
    return [...change.relinked, ...(lost.length > 0 ? this.dropLinks(lost).relinked : [])];
  }

  /** Adds what the reader asked for: expansions and paths. Undo takes the same items off again. */
  add(answer: ChartAnswer, name: string): readonly string[] {
    const before = this.store.content();
    const added = answer.items.filter(({ id }) => !before.items.has(id)).map(({ id }) => id);
    const addedLinks = answer.links.filter(({ id }) => !before.links.has(id)).map(({ id }) => id);
    this.run({
      name,
      apply: () => {
        this.merge({ type: 'more' }, answer);
        this.show([...answer.items.map(({ id }) => id), ...answer.links.map(({ id }) => id)]);
      },
      revert: () => this.drop([...addedLinks, ...added]),
    });
    return added;
  }

  select(ids: readonly string[], add = false): void {
    const { selected } = this.store.snapshot().view;
    const next = add ? toggle(selected, ids) : new Set(ids);
    this.store.update({ selected: next, ...(add ? {} : { selectedLinks: new Set<string>() }) });
  }

  selectLink(id: string, add = false): void {
    const { selectedLinks } = this.store.snapshot().view;
    const next = add ? toggle(selectedLinks, [id]) : new Set([id]);
    this.store.update({ selectedLinks: next, ...(add ? {} : { selected: new Set<string>() }) });
  }

  hide(ids: readonly string[]): void {
    const { selected, hidden, groups } = this.store.snapshot().view;
    const all = withMembers(groups, ids);
    const rest = new Set([...selected].filter((id) => !ids.includes(id)));
    this.change(t('network.undo.hide', { count: all.length }), { hidden: new Set([...hidden, ...all]), selected: rest });
  }

  /** Draws these items as one node. */
  group(ids: readonly string[], naming: Naming): void {
    const groups = grouped(this.store.snapshot().view.groups, ids, naming);
    this.change(t('network.undo.group', { name: naming.name }), { groups, selected: new Set(ids.slice(0, 1)) });
  }

  /** Opens groups: their members are selected. */
  ungroup(heads: readonly string[]): void {
    const { groups } = this.store.snapshot().view;
    const name = groups.get(heads[0] ?? '')?.name ?? '';
    this.change(t('network.undo.ungroup', { name }), { groups: ungrouped(groups, heads), selected: new Set(withMembers(groups, heads)) });
  }

  /** Adds what a hub is linked to as one node; undo takes all of it off again. */
  addAsGroup(answer: ChartAnswer, name: string, naming: Naming): void {
    const { groups } = this.store.snapshot().view;
    const added = answer.items.filter(({ id }) => !this.store.graph.hasNode(id)).map(({ id }) => id);
    const addedLinks = answer.links.filter(({ id }) => !this.store.graph.hasEdge(id)).map(({ id }) => id);
    this.run({
      name,
      apply: () => {
        this.merge({ type: 'more' }, answer);
        this.store.update({ groups: grouped(groups, added, naming) });
      },
      revert: () => {
        this.store.update({ groups });
        this.drop([...addedLinks, ...added]);
      },
    });
  }

  showAll(): void {
    this.change(t('network.undo.show'), { hidden: new Set() });
  }

  pin(ids: readonly string[], pinned: boolean): void {
    const held = this.store.snapshot().view.pinned;
    const next = pinned ? new Set([...held, ...ids]) : new Set([...held].filter((id) => !ids.includes(id)));
    this.change(pinned ? t('network.undo.pin') : t('network.undo.unpin'), { pinned: next });
  }

  /** After a drag: the item stays where it was put. */
  dragged(id: string, from: Point, to: Point): void {
    const { pinned } = this.store.snapshot().view;
    const step = (place: Point, held: ReadonlySet<string>): void => {
      this.store.move(new Map([[id, place]]));
      this.store.update({ pinned: held });
    };
    this.run({ name: t('network.undo.move'), apply: () => step(to, new Set([...pinned, id])), revert: () => step(from, pinned) });
  }

  setFilter(filter: View['filter']): void {
    this.change(t('network.undo.filter'), { filter });
  }

  /** Lays the drawn items out again, on the reader's own wish only. */
  async layOut(layout: LayoutName): Promise<void> {
    const { view, drawn } = this.store.snapshot();
    const end = (id: string): string => drawn.heads.get(id) ?? id;
    const items = [...drawn.items].flatMap((id) => this.store.item(id) ?? []);
    const root = view.selected.size === 1 ? ([...view.selected][0] ?? null) : null;
    const links = [...this.store.content().links.values()].filter(({ id }) => drawn.links.has(id))
      .map((link) => ({ ...link, source: end(link.source), target: end(link.target) }));
    const places = await this.layouts.run(layoutInput({
      layout, items, links, groupOf: this.store.groupOf, placeOf: (id) => this.store.place(id), pinned: view.pinned, root,
    }));
    if (!places) return;
    const after = placesById(items.map(({ id }) => id), places);
    const before = new Map(items.map(({ id }) => [id, this.store.place(id)]));
    this.run({ name: t('network.undo.layout'), apply: () => this.glide(after), revert: () => this.glide(before) });
  }

  /** Shows an item with its neighbours, or everything; on a phone above the sheet that tells of what is selected. */
  fit(around: string | null = null): void {
    const { scene, store } = this;
    this.wanted = scene ? null : { around };
    if (!scene) return;
    const item = around !== null && store.graph.hasNode(around) ? around : null;
    const ids = item === null ? undefined : [item, ...store.graph.neighbors(item)];
    const narrow = scene.container.offsetWidth < PHONE;
    const covered = store.snapshot().view.selected.size > 0 ? SHEET_REST : 0;
    scene.fit(ids, false, narrow ? { least: READABLE, covered, ...(item === null ? {} : { middle: store.place(item) }) } : {});
  }

  undo(): string | null {
    const step = this.history.undo();
    this.tell();
    return step?.name ?? null;
  }

  redo(): string | null {
    const step = this.history.redo();
    this.tell();
    return step?.name ?? null;
  }

  selectedItems(): readonly Item[] {
    return [...this.store.snapshot().view.selected].flatMap((id) => this.store.item(id) ?? []);
  }

  private glide(places: ReadonlyMap<string, Point>): void {
    if (!this.scene) {
      this.store.move(places);
      return;
    }
    void this.scene.glide(places).then(() => this.scene?.fit());
  }

  /** What the reader asked for is not left out by what they had hidden. */
  private show(ids: readonly string[]): void {
    const { hidden } = this.store.snapshot().view;
    if (ids.some((id) => hidden.has(id))) this.store.update({ hidden: new Set([...hidden].filter((id) => !ids.includes(id))) });
  }

  private dropLinks(lost: readonly Link[]): ChartChange {
    const { items, links } = this.store.content();
    const gone = new Set(lost.map(({ id }) => id));
    const rest = [...links.values()].filter(({ id }) => !gone.has(id));
    return this.merge({ type: 'whole' }, { items: [...items.values()], links: rest });
  }

  private change(name: string, after: Partial<View>): void {
    const { view } = this.store.snapshot();
    const before = Object.fromEntries(Object.keys(after).map((key) => [key, view[key as keyof View]])) as Partial<View>;
    this.run({ name, apply: () => this.store.update(after), revert: () => this.store.update(before) });
  }

  private run(step: { readonly name: string; readonly apply: () => void; readonly revert: () => void }): void {
    this.history.run(step);
    this.tell();
  }

  private tell(): void {
    for (const told of this.watchers) told();
  }
}

function toggle(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const next = new Set(set);
  for (const id of ids) if (!next.delete(id)) next.add(id);
  return next;
}
