import type { Direction, LinkCountsQuery } from '@/api/generated/graphql';
import type { ChartAnswer } from '@/graphview/model/types';

export type TieCount = LinkCountsQuery['linkCounts'][number];

export const rowKey = ({ linkKind, direction }: Pick<TieCount, 'linkKind' | 'direction'>): string => `${linkKind} ${direction}`;

/** The question that covers the ticked rows. */
export function questionOf(rows: readonly TieCount[]): { readonly linkKinds: string[]; readonly direction: Direction } {
  const directions = new Set(rows.map(({ direction }) => direction));
  const [only] = directions;
  return { linkKinds: [...new Set(rows.map(({ linkKind }) => linkKind))], direction: directions.size === 1 && only ? only : 'BOTH' };
}

/** The part of an answer that the ticked rows ask for: their links, and the items at the far ends. */
export function tickedPart(answer: ChartAnswer, entity: string, rows: readonly TieCount[]): ChartAnswer {
  const keys = new Set(rows.map(rowKey));
  const wanted = (kind: string, direction: Direction): boolean => keys.has(`${kind} ${direction}`) || keys.has(`${kind} BOTH`);
  const direct = answer.links.filter(({ kind, source, target }) =>
    (source === entity && wanted(kind, 'OUT')) || (target === entity && wanted(kind, 'IN')));
  const ends = new Set(direct.flatMap(({ source, target }) => [source, target]));
  return {
    items: answer.items.filter(({ id }) => ends.has(id) || id === entity),
    links: answer.links.filter(({ source, target }) => ends.has(source) && ends.has(target)),
  };
}
