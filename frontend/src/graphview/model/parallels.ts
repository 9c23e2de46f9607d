import { fallenAs, linkClassOf } from '@/graphview/model/filter';
import { LINK_CLASSES, type Link } from '@/graphview/model/types';

/** How a link takes part in drawing: as a line of its own, as the one line of several, or not at all. */
export interface Strand {
  /** Height of its curve in pixels, seen from source to target. */
  readonly curve: number;
  /** The links that this line stands for, itself first; empty for a link that another line stands for. */
  readonly members: readonly string[];
}

/** Distance of parallel lines, and how many links of one pair are drawn singly. */
const GAP = 14;
const SINGLY = 3;

interface Lane {
  readonly key: string;
  readonly links: Link[];
}

function pairKey(link: Link): string {
  return link.source < link.target ? `${link.source}|${link.target}` : `${link.target}|${link.source}`;
}

/** Money keeps a line for each direction, and what does not stand never hides behind what does. */
function laneKey(link: Link): string {
  const kind = linkClassOf(link);
  const forward = link.source < link.target ? 0 : 1;
  return `${LINK_CLASSES.indexOf(kind)}${kind === 'money' ? forward : ''}${fallenAs(link) ?? ''}`;
}

function lanesOf(links: readonly Link[]): Lane[] {
  if (links.length <= SINGLY) return links.map((link) => ({ key: laneKey(link) + link.id, links: [link] }));
  const lanes = new Map<string, Lane>();
  for (const link of links) {
    const key = laneKey(link);
    const lane = lanes.get(key) ?? { key, links: [] };
    lane.links.push(link);
    lanes.set(key, lane);
  }
  return [...lanes.values()];
}

/** Works out curves and bundles: up to three links of a pair are curves 14 px apart, more become one line for each class. */
export function arrangeParallels(links: Iterable<Link>): Map<string, Strand> {
  const pairs = new Map<string, Link[]>();
  for (const link of links) {
    const key = pairKey(link);
    const pair = pairs.get(key);
    if (pair) pair.push(link);
    else pairs.set(key, [link]);
  }
  const strands = new Map<string, Strand>();
  for (const pair of pairs.values()) arrangePair(pair, strands);
  return strands;
}

function arrangePair(pair: readonly Link[], strands: Map<string, Strand>): void {
  const lanes = lanesOf(pair).sort((a, b) => (a.key < b.key ? -1 : 1));
  lanes.forEach((lane, index) => {
    const members = [...lane.links].sort((a, b) => (a.id < b.id ? -1 : 1));
    const first = members[0];
    if (!first) return;
    const offset = (index - (lanes.length - 1) / 2) * GAP;
    strands.set(first.id, { curve: first.source < first.target ? offset : -offset, members: members.map(({ id }) => id) });
    for (const other of members.slice(1)) strands.set(other.id, { curve: 0, members: [] });
  });
}
