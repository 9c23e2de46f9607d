import { drawCount, drawLabel, drawTag, FONTS, TextWidths } from '@/graphview/labels/draw';
import { linkLabels, type LinkWords } from '@/graphview/labels/linkLabels';
import { NodeGrid } from '@/graphview/labels/nodeGrid';
import { placeLabel, TakenBoxes, type Box, type LabelWish, type PlacedLabel } from '@/graphview/labels/place';
import { shortLabel } from '@/graphview/labels/text';
import { byDegree, fillGrid, priorityItems, reachOf } from '@/graphview/labels/wishes';
import { HUB_DEGREE } from '@/graphview/look';
import type { Point } from '@/graphview/model/types';
import { projectionOf, type Projection } from '@/graphview/scene/camera';
import type { View } from '@/graphview/model/view';
import type { Scene } from '@/graphview/scene/scene';
import type { Snapshot } from '@/graphview/store';

const HEIGHT = 14;
/** Smallest reach on screen at which an item asks for a label of its own accord, and at which it is in the way of one. */
const READABLE = 4;
const SOLID = 4;
/** How long labels may lag behind a change of content, in milliseconds. */
const SOON = 100;
const IDENTIFIERS = new Set(['account', 'wallet', 'communication']);

/** Labels and tags over the items, drawn after sigma in two dimensions. */
export class LabelLayer {
  private readonly grid = new NodeGrid();
  private readonly widths = new TextWidths();
  private ranked: readonly string[] = [];
  private seen: Snapshot | null = null;
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D | null;

  private drawnAs = '';
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly scene: Scene, private readonly words: LinkWords) {
    // A layer of its own: sigma clears its label layer at every frame, also when no label changed.
    this.canvas = scene.sigma.createCanvas('chartLabels', { afterLayer: 'labels', style: { pointerEvents: 'none' } });
    this.canvas.setAttribute('aria-hidden', 'true');
    this.context = this.canvas.getContext('2d');
    scene.sigma.on('resize', () => this.resize());
    this.resize();
    scene.sigma.on('afterRender', () => this.keep());
    scene.sigma.on('kill', () => clearTimeout(this.later));
  }

  /** Sigma sizes only the layers that it draws on itself. */
  private resize(): void {
    const { width, height } = this.scene.sigma.getDimensions();
    const ratio = window.devicePixelRatio;
    Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
    Object.assign(this.canvas.style, { inlineSize: `${width}px`, blockSize: `${height}px` });
    this.context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.drawnAs = '';
  }

  /** Texts measured with a substitute font have other widths. */
  fontsArrived(): void {
    this.widths.forget();
    this.drawnAs = '';
    this.scene.draw();
  }

  /** Draws again when the camera, the places or what has a label changed; a mere change of content waits a moment. */
  private keep(): void {
    const { scene } = this;
    const snapshot = scene.store.snapshot();
    const { x, y, ratio } = scene.sigma.getCamera().getState();
    const { width, height } = scene.sigma.getDimensions();
    const seen = [x, y, ratio, width, height, window.devicePixelRatio, snapshot.places, scene.stage.colours.css.ink, scene.stage.linksHidden].join();
    const drawn = this.seen?.drawn === snapshot.drawn && sameLabels(this.seen.view, snapshot.view);
    if (seen !== this.drawnAs || !drawn) {
      this.drawnAs = seen;
      this.draw(snapshot);
    } else if (this.seen?.content !== snapshot.content) {
      this.later ??= setTimeout(() => this.draw(scene.store.snapshot()), SOON);
    }
  }

  private draw(snapshot: Snapshot): void {
    const { context, scene } = this;
    clearTimeout(this.later);
    this.later = undefined;
    if (!context) return;
    const { width, height } = scene.sigma.getDimensions();
    context.clearRect(0, 0, width, height);
    this.keepUp(snapshot);
    if (snapshot.drawn.items.size === 0 || scene.stage.linksHidden) return;
    const projection = projectionOf(scene.sigma);
    const taken = new TakenBoxes();
    const tags = this.drawTags(context, snapshot, projection, taken);
    this.drawItemLabels(context, snapshot, projection, taken, true);
    for (const label of linkLabels(scene, snapshot, projection, this.words)) this.drawLinkLabel(context, label, projection, taken);
    this.drawItemLabels(context, snapshot, projection, taken, false);
    for (const tag of tags) tag();
  }

  /** The grid and the ranking follow content, places and selection, not the camera. */
  private keepUp(snapshot: Snapshot): void {
    const { seen } = this;
    if (seen?.drawn !== snapshot.drawn || seen.content !== snapshot.content) this.ranked = byDegree(this.scene.store, snapshot);
    if (seen !== snapshot) fillGrid(this.grid, this.scene.store, snapshot, seen);
    this.seen = snapshot;
  }

  /** Says whether an item or the edge of the canvas is in the way of a label. */
  private blocked(projection: Projection): (box: Box, owner: string) => boolean {
    const unit = 1 / projection.scale;
    const { scale } = this.scene.stage;
    const grow = scale * unit;
    const { width, height } = this.scene.sigma.getDimensions();
    const cutOff = (box: Box): boolean => box.left < 0 || box.top < 0 || box.right > width || box.bottom > height;
    return (box, owner) => cutOff(box) || scale * 12 > SOLID && this.grid.touches({
      left: (box.left - projection.x) * unit, right: (box.right - projection.x) * unit,
      top: (projection.y - box.bottom) * unit, bottom: (projection.y - box.top) * unit,
    }, owner, grow);
  }

  /** Labels of the priority items first, then of the others by degree as far as the level of detail allows. */
  private drawItemLabels(
    context: CanvasRenderingContext2D, snapshot: Snapshot, projection: Projection, taken: TakenBoxes, priority: boolean,
  ): void {
    const { scene } = this;
    const first = priorityItems(snapshot);
    const special = new Set(first);
    const blocked = this.blocked(projection);
    let left = priority ? Infinity : scene.level.labels;
    let tries = priority ? Infinity : Math.max(400, scene.level.labels * 8);
    for (const id of priority ? first : this.ranked) {
      if (left <= 0 || tries <= 0) return;
      const wish = !priority && special.has(id) ? null : this.wish(id, snapshot, projection, priority);
      if (!wish) continue;
      tries -= 1;
      const label = placeLabel(wish.box, taken, blocked);
      if (!label) continue;
      left -= 1;
      this.drawItemLabel(context, label, wish.text, snapshot);
    }
  }

  private wish(id: string, snapshot: Snapshot, projection: Projection, priority: boolean): { box: LabelWish; text: string } | null {
    const { store, stage, sigma, level } = this.scene;
    const item = store.item(id);
    const disc = this.grid.get(id);
    if (!item || !disc) return null;
    const { width, height } = sigma.getDimensions();
    const { x, y } = at(projection, disc);
    if (x < -40 || y < -20 || x > width + 40 || y > height + 20) return null;
    const reach = reachOf(store, snapshot, id) * stage.scale;
    if (!priority && reach < READABLE && !level.calmWhileMoving) return null;
    const group = snapshot.view.groups.get(id);
    const text = group ? shortLabel(group.name, false) : shortLabel(item.caption, IDENTIFIERS.has(store.groupOf(item.kind)));
    const bold = snapshot.view.selected.has(id);
    return { text, box: { id, x, y, reach, width: this.widths.of(text, bold ? FONTS.selected : FONTS.item), height: HEIGHT } };
  }

  private drawItemLabel(context: CanvasRenderingContext2D, label: PlacedLabel, text: string, { view }: Snapshot): void {
    const { css } = this.scene.stage.colours;
    const dimmed = view.spotlight ? !view.spotlight.has(label.id) : view.hovered !== null && !this.inFocus(label.id, view.hovered);
    context.globalAlpha = dimmed ? 0.35 : 1;
    drawLabel(context, text, label, { font: view.selected.has(label.id) ? FONTS.selected : FONTS.item, ink: css.ink, halo: css.canvas });
    context.globalAlpha = 1;
  }

  private inFocus(id: string, hovered: string): boolean {
    const { graph } = this.scene.store;
    return id === hovered || (graph.hasNode(hovered) && graph.areNeighbors(id, hovered));
  }

  private drawLinkLabel(
    context: CanvasRenderingContext2D, wanted: ReturnType<typeof linkLabels>[number], projection: Projection, taken: TakenBoxes,
  ): void {
    const width = this.widths.of(wanted.text, FONTS.link);
    const blocked = this.blocked(projection);
    for (const { x, y } of wanted.places) {
      const box = { left: x - width / 2, right: x + width / 2, top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 };
      if (!taken.isFree(box) || blocked(box, '')) continue;
      taken.add(box);
      const { css } = this.scene.stage.colours;
      drawLabel(context, wanted.text, box, { font: FONTS.link, ink: wanted.excluded ? css.court : wanted.strong ? css.ink : css.ink2, halo: css.canvas });
      return;
    }
  }

  /** Reserves the places of country codes, of "+209" and of "×2", and gives back what draws them on top. */
  private drawTags(context: CanvasRenderingContext2D, snapshot: Snapshot, projection: Projection, taken: TakenBoxes): (() => void)[] {
    const { store, stage } = this.scene;
    const { css } = stage.colours;
    const draws: (() => void)[] = [];
    const tag = (id: string, text: string, fill: string, ink: string, line: string): void => {
      const disc = this.grid.get(id);
      if (!disc) return;
      const reach = reachOf(store, snapshot, id) * stage.scale;
      const { x, y } = at(projection, disc);
      const left = x + reach * 0.75 - 4;
      const bottom = y - reach * 0.75 + 2;
      const box = { left, right: left + this.widths.of(text, FONTS.tag) + 6, top: bottom - 14, bottom };
      taken.add(box);
      draws.push(() => drawTag(context, text, box, { fill, ink, line }));
    };
    for (const [id, { tone, country }] of snapshot.view.others) {
      if (snapshot.drawn.items.has(id)) tag(id, country, css.people[tone - 1] ?? css.ink, css.personInk, 'transparent');
    }
    if (stage.scale < 0.5) return draws;
    for (const [id, { members }] of snapshot.view.groups) {
      const disc = this.grid.get(id);
      if (disc) draws.push(() => drawCount(context, String(members.size), at(projection, disc), css.icon));
    }
    for (const id of this.ranked) {
      const item = store.item(id);
      if (!item || (item.merged < 2 && item.degree <= HUB_DEGREE)) continue;
      const more = item.degree - store.graph.degree(id);
      if (item.degree > HUB_DEGREE && more > 0) tag(id, `+${more}`, css.ink, css.panel, 'transparent');
      else if (item.merged > 1) tag(id, `×${item.merged}`, css.panel, css.ink, css.kinds[store.lookOf(item.kind).hue] ?? css.ink);
    }
    return draws;
  }
}

/** A place of the chart on the canvas. */
const at = (projection: Projection, { x, y }: Point): Point =>
  ({ x: projection.x + x * projection.scale, y: projection.y - y * projection.scale });

function sameLabels(a: View, b: View): boolean {
  return a.selected === b.selected && a.selectedLinks === b.selectedLinks && a.hovered === b.hovered && a.hoveredLink === b.hoveredLink
    && a.others === b.others && a.pinned === b.pinned && a.spotlight === b.spotlight && a.groups === b.groups;
}
