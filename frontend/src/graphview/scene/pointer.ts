import type { Point } from '@/graphview/model/types';
import { insideLasso } from '@/graphview/scene/lasso';
import type { Scene } from '@/graphview/scene/scene';

const HOVER_DELAY = 80;
const DRAG_FROM = 3;

export type Tool = 'select' | 'lasso';

/** What people do on the canvas, in words of the chart. */
export interface PointerEvents {
  /** `add` with Ctrl or Cmd. */
  readonly onItem: (id: string, add: boolean) => void;
  readonly onLink: (id: string, add: boolean) => void;
  readonly onNothing: () => void;
  readonly onOpen: (id: string) => void;
  /** `id` of an item or a link. */
  readonly onMenu: (id: string, at: Point) => void;
  readonly onDragged: (id: string, from: Point, to: Point) => void;
  readonly onLasso: (ids: readonly string[], add: boolean) => void;
  readonly onLassoPath: (path: readonly Point[]) => void;
}

interface SigmaPointerEvent {
  readonly event: { readonly x: number; readonly y: number; readonly original: MouseEvent | TouchEvent; preventSigmaDefault(): void };
}

function adds(event: MouseEvent | TouchEvent): boolean {
  return event.ctrlKey || event.metaKey;
}

/** Turns sigma's events into chart events: hover after 80 ms, drag, lasso, clicks. */
export class Pointer {
  tool: Tool = 'select';
  private dragged: { readonly id: string; readonly from: Point; readonly start: Point; moved: boolean } | null = null;
  private path: Point[] | null = null;
  private quiet = false;
  /** A finger points at nothing once it is lifted, so it does not hover. */
  private touch = false;
  private hover: ReturnType<typeof setTimeout> | undefined;
  private readonly abort = new AbortController();

  constructor(private readonly scene: Scene, private readonly events: PointerEvents) {
    const { sigma } = scene;
    sigma.on('enterNode', ({ node }) => this.hoverLater(() => scene.store.update({ hovered: node })));
    sigma.on('leaveNode', () => this.hoverLater(() => scene.store.update({ hovered: null })));
    sigma.on('enterEdge', ({ edge }) => this.hoverLater(() => scene.store.update({ hoveredLink: edge })));
    sigma.on('leaveEdge', () => this.hoverLater(() => scene.store.update({ hoveredLink: null })));
    sigma.on('clickNode', ({ node, event }) => this.clicked(() => events.onItem(node, adds(event.original))));
    sigma.on('clickEdge', ({ edge, event }) => this.clicked(() => events.onLink(edge, adds(event.original))));
    sigma.on('clickStage', () => this.clicked(() => events.onNothing()));
    sigma.on('doubleClickNode', ({ node, event }) => {
      event.preventSigmaDefault();
      events.onOpen(node);
    });
    sigma.on('doubleClickStage', ({ event }) => event.preventSigmaDefault());
    sigma.on('rightClickNode', ({ node, event }) => this.menu(node, event));
    sigma.on('rightClickEdge', ({ edge, event }) => this.menu(edge, event));
    sigma.on('rightClickStage', ({ event }) => event.original.preventDefault());
    sigma.on('downNode', ({ node, event }) => this.down(node, { event }));
    sigma.on('downEdge', ({ event }) => this.down(null, { event }));
    sigma.on('downStage', ({ event }) => this.down(null, { event }));
    sigma.on('moveBody', (payload) => this.move(payload));
    this.listen();
  }

  destroy(): void {
    clearTimeout(this.hover);
    this.abort.abort();
  }

  /** Before sigma asks what is under the pointer, the picking buffers are drawn; ends of drags are heard everywhere. */
  private listen(): void {
    const { signal } = this.abort;
    const pick = (event: Event): void => {
      if (event instanceof MouseEvent && event.type === 'mousemove' && event.buttons !== 0) return;
      for (const draw of this.scene.stage.pickers) draw();
    };
    for (const type of ['mousemove', 'mousedown', 'click', 'contextmenu', 'touchstart', 'wheel']) {
      this.scene.container.addEventListener(type, pick, { capture: true, passive: true, signal });
    }
    this.scene.container.addEventListener('pointerdown', ({ pointerType }) => { this.touch = pointerType === 'touch'; }, { capture: true, signal });
    for (const type of ['mouseup', 'touchend', 'touchcancel']) document.addEventListener(type, () => this.up(), { signal });
  }

  private hoverLater(change: () => void): void {
    clearTimeout(this.hover);
    if (!this.touch) this.hover = setTimeout(change, HOVER_DELAY);
  }

  private clicked(tell: () => void): void {
    if (!this.quiet) tell();
    this.quiet = false;
  }

  private menu(id: string, event: SigmaPointerEvent['event']): void {
    event.original.preventDefault();
    const { left, top } = this.scene.container.getBoundingClientRect();
    this.events.onMenu(id, { x: left + event.x, y: top + event.y });
  }

  private down(node: string | null, { event }: SigmaPointerEvent): void {
    this.quiet = false;
    const { original } = event;
    if (original instanceof MouseEvent && original.button !== 0) return;
    if (original.shiftKey || this.tool === 'lasso') {
      this.path = [{ x: event.x, y: event.y }];
    } else if (node !== null) {
      this.dragged = { id: node, from: this.scene.store.place(node), start: { x: event.x, y: event.y }, moved: false };
    }
  }

  private move({ event }: SigmaPointerEvent): void {
    if (this.path) {
      event.preventSigmaDefault();
      this.path.push({ x: event.x, y: event.y });
      this.events.onLassoPath(this.path);
    } else if (this.dragged) {
      event.preventSigmaDefault();
      this.drag(this.dragged, event);
    }
  }

  private drag(dragged: NonNullable<Pointer['dragged']>, { x, y }: Point): void {
    dragged.moved ||= Math.hypot(x - dragged.start.x, y - dragged.start.y) > DRAG_FROM;
    if (!dragged.moved || !this.scene.store.graph.hasNode(dragged.id)) return;
    this.scene.store.move(new Map([[dragged.id, this.scene.sigma.viewportToGraph({ x, y })]]));
  }

  private up(): void {
    const { dragged, path } = this;
    this.dragged = null;
    this.path = null;
    if (dragged?.moved && this.scene.store.graph.hasNode(dragged.id)) {
      this.quiet = true;
      this.events.onDragged(dragged.id, dragged.from, this.scene.store.place(dragged.id));
    }
    if (!path) return;
    this.quiet = path.length > DRAG_FROM;
    this.events.onLassoPath([]);
    if (this.quiet) this.events.onLasso(insideLasso(this.scene, path), false);
  }
}
