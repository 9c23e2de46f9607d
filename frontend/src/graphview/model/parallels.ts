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

/** The item at which an end of a link is drawn: itself, or the one that stands for its group. */
type EndOf = (item: string) => string;

const isForward = (link: Link, endOf: EndOf): boolean => endOf(link.source) < endOf(link.target);

function pairKey(link: Link, endOf: EndOf): string {
  return [endOf(link.source), endOf(link.target)].sort().join('|');
}

/** Money keeps a line for each direction, and what does not stand never hides behind what does. */
function laneKey(link: Link, endOf: EndOf): string {
  const kind = linkClassOf(link);
  const forward = isForward(link, endOf) ? 0 : 1;
  return `${LINK_CLASSES.indexOf(kind)}${kind === 'money' ? forward : ''}${fallenAs(link) ?? ''}`;
}

function lanesOf(links: readonly Link[], endOf: EndOf): Lane[] {
  if (links.length <= SINGLY) return links.map((link) => ({ key: laneKey(link, endOf) + link.id, links: [link] }));
  const lanes = new Map<string, Lane>();
  for (const link of links) {
    const key = laneKey(link, endOf);
    const lane = lanes.get(key) ?? { key, links: [] };
    lane.links.push(link);
    lanes.set(key, lane);
  }
  return [...lanes.values()];
}

/** Works out curves and bundles: up to three links of a pair are curves 14 px apart, more become one line for each class. */
export function arrangeParallels(links: Iterable<Link>, endOf: EndOf): Map<string, Strand> {
  const pairs = new Map<string, Link[]>();
  for (const link of links) {
    const key = pairKey(link, endOf);
    const pair = pairs.get(key);
    if (pair) pair.push(link);
    else pairs.set(key, [link]);
  }
  const strands = new Map<string, Strand>();
  for (const pair of pairs.values()) arrangePair(pair, endOf, strands);
  return strands;
}

function arrangePair(pair: readonly Link[], endOf: EndOf, strands: Map<string, Strand>): void {
  const lanes = lanesOf(pair, endOf).sort((a, b) => (a.key < b.key ? -1 : 1));
  lanes.forEach((lane, index) => {
    const members = [...lane.links].sort((a, b) => (a.id < b.id ? -1 : 1));
    const first = members[0];
    if (!first) return;
    const offset = (index - (lanes.length - 1) / 2) * GAP;
    strands.set(first.id, { curve: isForward(first, endOf) ? offset : -offset, members: members.map(({ id }) => id) });
    for (const other of members.slice(1)) strands.set(other.id, { curve: 0, members: [] });
  });
}
