import Sigma from 'sigma';
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types';
import { edgeLook, nodeLook, presenceOf, type Focus } from '@/graphview/look';
import { newChartGraph } from '@/graphview/model/chart';
import { detailLevel, type DetailLevel } from '@/graphview/model/lod';
import { focusOf, touchedBy } from '@/graphview/model/touched';
import type { Bounds, Point } from '@/graphview/model/types';
import { createEdgeProgram } from '@/graphview/programs/edgeProgram';
import { createNodeProgram } from '@/graphview/programs/nodeProgram';
import type { Stage } from '@/graphview/programs/stage';
import { boundsOf, cameraFor, FRAME_BOX, itemScale, keptInPlace, pixelsPerUnit, type Framing } from '@/graphview/scene/camera';
import { strandSum } from '@/graphview/scene/flows';
import type { ChartStore, Snapshot, StoreEvent } from '@/graphview/store';
import { readColours } from '@/graphview/theme';

const CALM_AFTER = 140;

/** Two methods that sigma declares private. */
interface SigmaIndices {
  removeNode(id: string): void;
  removeEdge(id: string): void;
}

/** Draws a chart store with sigma. It writes nothing to the store; input comes through `Pointer`. */
export class Scene {
  readonly sigma: Sigma;
  readonly stage: Stage;
  level: DetailLevel = detailLevel(0, 0);
  private focus: Focus | null = null;
  /** True from a structural change until sigma has indexed it: records have no place to be written to yet. */
  private indexing = false;
  private gone = false;
  private size: { readonly width: number; readonly height: number };
  private calm: ReturnType<typeof setTimeout> | undefined;
  private readonly stop: () => void;
  private readonly sizes: ResizeObserver;

  constructor(readonly container: HTMLElement, readonly store: ChartStore) {
    this.stage = {
      colours: readColours(container), scale: 1, dim: 1, faintThinLinks: false, linksHidden: false, pickers: new Set(),
    };
    this.sigma = new Sigma(newChartGraph(), container, {
      allowInvalidContainer: true, renderLabels: false, renderEdgeLabels: false, enableEdgeEvents: true, minEdgeThickness: 0,
      stagePadding: 0, enableCameraRotation: false, zIndex: false, defaultNodeType: 'item', defaultEdgeType: 'link',
      minCameraRatio: 0.05, maxCameraRatio: 60, zoomingRatio: 1.35, defaultDrawNodeHover: () => undefined,
      nodeProgramClasses: { item: createNodeProgram(this.stage) }, edgeProgramClasses: { link: createEdgeProgram(this.stage) },
      zoomToSizeRatioFunction: (ratio) => 1 / itemScale(this.sizeAt(ratio)),
      nodeReducer: (id) => this.reduceNode(id), edgeReducer: (id) => this.reduceEdge(id),
    });
    this.sigma.setCustomBBox(FRAME_BOX);
    this.sigma.on('beforeRender', () => this.prepare());
    this.sigma.on('afterProcess', () => {
      this.indexing = false;
    });
    this.sigma.getCamera().on('updated', () => this.moved());
    for (const canvas of Object.values(this.sigma.getCanvases())) canvas.setAttribute('aria-hidden', 'true');
    this.size = this.sigma.getDimensions();
    this.measure();
    this.sigma.setGraph(store.graph);
    // Sigma re-indexes the whole chart at every event of graphology; this class tells it what changed instead.
    store.graph.removeAllListeners();
    this.stop = store.subscribe((event) => this.react(event));
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(container);
  }

  /** Draws at the next frame; nothing once the scene is gone. */
  draw(): void {
    if (!this.gone) this.sigma.scheduleRender();
  }

  destroy(): void {
    this.gone = true;
    clearTimeout(this.calm);
    this.stop();
    this.sizes.disconnect();
    this.sigma.kill();
  }

  /** Reads the colours in force again and draws; buffers hold no colours, so nothing else is needed. */
  recolour(): void {
    this.stage.colours = readColours(this.container);
    this.draw();
  }

  /** Takes up a new pixel ratio. */
  sharpen(): void {
    this.sigma.resize(true);
    this.draw();
  }

  /** Fits all drawn items, or these, into the canvas. */
  fit(ids?: Iterable<string>, animated = true, framing: Framing = {}): void {
    const points: Point[] = [];
    for (const id of ids ?? this.store.snapshot().drawn.items) if (this.store.graph.hasNode(id)) points.push(this.store.place(id));
    const bounds = boundsOf(points);
    if (bounds) this.look(bounds, animated, framing);
  }

  /** Where an item stands on the canvas, in CSS pixels; as the camera is now, even before it has drawn. */
  viewportPlace(id: string): Point {
    return this.sigma.graphToViewport(this.store.standsAt(id), { cameraState: this.sigma.getCamera().getState() });
  }

  /** Moves the picture to the item when it is out of sight; `covered` pixels at the foot do not count as in sight. */
  reveal(id: string, covered = 0): void {
    if (!this.store.graph.hasNode(id)) return;
    const { width, height } = this.sigma.getDimensions();
    const { x, y } = this.viewportPlace(id);
    const bottom = height - covered;
    if (x > 40 && y > 40 && x < width - 40 && y < bottom - 40) return;
    const wanted = this.sigma.viewportToFramedGraph({ x, y: y + (height - bottom) / 2 });
    void this.sigma.getCamera().animate({ x: wanted.x, y: wanted.y }, { duration: this.duration() });
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio / factor) }, { duration: this.duration() });
  }

  /** Moves items over 300 ms, or at once when they are many or motion is unwelcome. */
  glide(places: ReadonlyMap<string, Point>): Promise<void> {
    const duration = this.level.animated ? this.duration(300) : 0;
    const from = new Map([...places.keys()].filter((id) => this.store.graph.hasNode(id)).map((id) => [id, this.store.place(id)]));
    if (duration === 0) {
      this.store.move(places);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const start = performance.now();
      const step = (now: number): void => {
        const share = Math.min(1, Math.max(0, (now - start) / duration));
        this.store.move(share === 1 ? places : between(from, places, 1 - (1 - share) ** 3));
        if (share < 1) requestAnimationFrame(step);
        else resolve();
      };
      requestAnimationFrame(step);
    });
  }

  private duration(full = 200): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : full;
  }

  private look(bounds: Bounds, animated: boolean, framing: Framing): void {
    const state = cameraFor(bounds, this.sigma.getDimensions(), framing);
    const duration = animated ? this.duration() : 0;
    const camera = this.sigma.getCamera();
    // What is still on its way elsewhere would go on from here: a move of a millisecond takes its place.
    if (duration > 0 || camera.isAnimated()) void camera.animate(state, { duration: Math.max(1, duration) });
    else camera.setState(state);
  }

  private sizeAt(ratio: number): number {
    const { width, height } = { width: this.container.offsetWidth, height: this.container.offsetHeight };
    return Math.max(1, Math.min(width, height)) / (1000 * ratio);
  }

  /** A panel that opens or closes leaves the picture where it was, measured from the top start corner of the canvas. */
  private resized(): void {
    const { offsetWidth: width, offsetHeight: height } = this.container;
    const before = this.size;
    if (width < 2 || height < 2 || (width === before.width && height === before.height)) return;
    this.size = { width, height };
    if (before.width > 1 && before.height > 1) this.sigma.getCamera().setState(keptInPlace(this.sigma.getCamera().getState(), before, this.size));
    this.draw();
  }

  private prepare(): void {
    this.stage.scale = itemScale(pixelsPerUnit(this.sigma, this.sigma.getCamera().ratio));
  }

  private moved(): void {
    if (!this.level.calmWhileMoving) return;
    this.stage.linksHidden = true;
    clearTimeout(this.calm);
    this.calm = setTimeout(() => {
      this.stage.linksHidden = false;
      this.draw();
    }, CALM_AFTER);
  }

  private measure(): void {
    const { drawn, view } = this.store.snapshot();
    this.level = detailLevel(drawn.items.size, drawn.links.size);
    this.stage.faintThinLinks = this.level.faintThinLinks;
    this.focus = focusOf(this.store.graph, { view, drawn });
    this.stage.dim = this.focus ? 0.35 : 1;
  }

  private reduceNode(id: string): Partial<NodeDisplayData> {
    const { item } = this.store.graph.getNodeAttributes(id);
    const { view, drawn } = this.store.snapshot();
    const kind = this.store.lookOf(view.groups.get(id)?.kind ?? item.kind);
    return nodeLook(item, { at: this.store.standsAt(id), kind, view, focus: this.focus, presence: presenceOf(drawn, id) });
  }

  private reduceEdge(id: string): Partial<EdgeDisplayData> {
    const { link } = this.store.graph.getEdgeAttributes(id);
    const { view, drawn } = this.store.snapshot();
    const strand = drawn.links.get(id);
    const sum = strandSum(this.store.graph, strand);
    return edgeLook(link, strand, { view, focus: this.focus, strengthAsOpacity: this.level.strengthAsOpacity, sum });
  }

  private react(event: StoreEvent): void {
    switch (event.type) {
      case 'view':
        this.viewChanged(event.before);
        return;
      case 'places':
        this.placesChanged(event.ids);
        return;
      case 'content':
        this.contentChanged(event);
        return;
      default:
        event satisfies never;
    }
  }

  private viewChanged(before: Snapshot): void {
    const level = this.level;
    this.measure();
    const touched = touchedBy(this.store.graph, before, this.store.snapshot());
    if (touched.all || level.strengthAsOpacity !== this.level.strengthAsOpacity) this.redraw(this.store.graph.nodes(), this.store.graph.edges());
    else this.redraw(touched.nodes, this.withLinks(touched.nodes, touched.edges, before));
  }

  /** A selected item grows, so the ends of its links move. */
  private withLinks(nodes: ReadonlySet<string>, edges: ReadonlySet<string>, before: Snapshot): ReadonlySet<string> {
    if (before.drawn.items === this.store.snapshot().drawn.items) return edges;
    const all = new Set(edges);
    for (const id of nodes) for (const edge of this.store.graph.edges(id)) all.add(edge);
    return all;
  }

  private placesChanged(ids: readonly string[]): void {
    const edges = new Set<string>();
    for (const id of ids) for (const edge of this.store.graph.edges(id)) edges.add(edge);
    this.redraw(ids, edges);
  }

  private contentChanged({ applied, change, before }: Extract<StoreEvent, { type: 'content' }>): void {
    const level = this.level;
    this.measure();
    const { graph } = this.store;
    if (!applied.structural) {
      const touched = touchedBy(graph, before, this.store.snapshot());
      this.redraw(new Set([...applied.nodes, ...touched.nodes]), new Set([...applied.edges, ...touched.edges]));
      return;
    }
    if (change.added.length > 200 || level.strengthAsOpacity !== this.level.strengthAsOpacity) {
      this.indexing = true;
      this.sigma.refresh({ schedule: true });
      return;
    }
    // Sigma's own handlers would reduce the whole chart once for each dropped item.
    const indices = this.sigma as unknown as SigmaIndices;
    for (const id of change.removed) indices.removeNode(id);
    for (const id of change.removedLinks) indices.removeEdge(id);
    this.redrawStructure(change.added.map(({ id }) => id), change.addedLinks.map(({ id }) => id), before);
  }

  private redrawStructure(added: readonly string[], addedLinks: readonly string[], before: Snapshot): void {
    const touched = touchedBy(this.store.graph, before, this.store.snapshot());
    const focused = [...(this.focus ?? [])];
    const nodes = [...new Set([...added, ...touched.nodes, ...focused.filter((id) => this.store.graph.hasNode(id))])];
    const edges = [...new Set([...addedLinks, ...touched.edges, ...focused.filter((id) => this.store.graph.hasEdge(id))])];
    this.indexing = true;
    this.sigma.refresh({ partialGraph: { nodes, edges }, skipIndexation: false, schedule: true });
  }

  private redraw(nodes: Iterable<string>, edges: Iterable<string>): void {
    this.sigma.refresh({ partialGraph: { nodes: [...nodes], edges: [...edges] }, skipIndexation: !this.indexing, schedule: true });
  }
}

function between(from: ReadonlyMap<string, Point>, to: ReadonlyMap<string, Point>, share: number): Map<string, Point> {
  return new Map([...from].map(([id, start]) => {
    const end = to.get(id) ?? start;
    return [id, { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share }];
  }));
}
