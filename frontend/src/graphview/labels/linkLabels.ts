import { fallenAs } from '@/graphview/model/filter';
import type { Strand } from '@/graphview/model/parallels';
import type { Link, Point } from '@/graphview/model/types';
import type { Projection } from '@/graphview/scene/camera';
import { largestFlows } from '@/graphview/scene/flows';
import type { Scene } from '@/graphview/scene/scene';
import type { Snapshot } from '@/graphview/store';

/** The words for a line: those of one link, or of several that are drawn as one. */
export type LinkWords = (links: readonly Link[]) => string;

export interface LinkLabel {
  readonly text: string;
  /** Where it may stand, best first, in CSS pixels of the canvas. */
  readonly places: readonly Point[];
  readonly strong: boolean;
  /** A court excluded all that the line stands for. */
  readonly excluded: boolean;
}

const FLOWS = 10;
const BESIDE = 16;

const flowsOf = new WeakMap<Snapshot['drawn'], readonly string[]>();

/** Worked out once for each state of what is drawn. */
function flows(scene: Scene, { drawn }: Snapshot): readonly string[] {
  const ids = flowsOf.get(drawn) ?? largestFlows(scene.store.graph, drawn.links, FLOWS);
  flowsOf.set(drawn, ids);
  return ids;
}

function representatives(ids: Iterable<string>, links: ReadonlyMap<string, Strand>): string[] {
  const found: string[] = [];
  for (const id of ids) {
    if (links.get(id)?.members.length) found.push(id);
    else for (const [other, { members }] of links) if (members.includes(id)) found.push(other);
  }
  return found;
}

/** Point of the drawn curve at a share of its way, on the canvas. */
export function curvePoint(source: Point, target: Point, curve: number, share: number): Point {
  const dx = target.x - source.x;
  const dy = target.y - source.y;
  const length = Math.hypot(dx, dy) || 1;
  const height = 4 * curve * share * (1 - share);
  // On the canvas y grows downwards, so the left side of the way is (dy, −dx).
  return { x: source.x + dx * share + (dy / length) * height, y: source.y + dy * share - (dx / length) * height };
}

/** Links that may have a label: selected and hovered ones, those of a single selected item, and the ten largest flows. */
export function linkLabels(scene: Scene, snapshot: Snapshot, projection: Projection, words: LinkWords): LinkLabel[] {
  const { store, level } = scene;
  const { view, drawn } = snapshot;
  const chosen = representatives([...view.selectedLinks, ...(view.hoveredLink === null ? [] : [view.hoveredLink])], drawn.links);
  const only = view.selected.size === 1 ? [...view.selected][0] : undefined;
  const beside = only !== undefined && store.graph.hasNode(only) && level.name !== 'huge'
    ? store.graph.edges(only).filter((id) => drawn.links.get(id)?.members.length).slice(0, BESIDE) : [];
  const strong = new Set([...chosen, ...flows(scene, snapshot)]);
  return [...new Set([...strong, ...beside])].flatMap((id) => labelOf(scene, snapshot, id, projection, words, strong.has(id)));
}

function labelOf(scene: Scene, { drawn, view }: Snapshot, id: string, projection: Projection, words: LinkWords, strong: boolean): LinkLabel[] {
  const { graph } = scene.store;
  const strand = drawn.links.get(id);
  if (!strand || !graph.hasEdge(id)) return [];
  const { link } = graph.getEdgeAttributes(id);
  if (view.court && !strong && fallenAs(link)) return [];
  const on = (end: string): Point => {
    const { x, y } = scene.store.standsAt(end);
    return { x: projection.x + x * projection.scale, y: projection.y - y * projection.scale };
  };
  const source = on(link.source);
  const target = on(link.target);
  const curve = strand.curve * Math.min(1, scene.stage.scale);
  if (Math.hypot(target.x - source.x, target.y - source.y) < 46) return [];
  const text = words(strand.members.map((member) => graph.getEdgeAttributes(member).link));
  return [{ text, strong, excluded: link.standing === 'EXCLUDED' || link.standing === 'RESERVED', places: [0.5, 0.38, 0.62].map((share) => curvePoint(source, target, curve, share)) }];
}
