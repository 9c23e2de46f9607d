import type { Ontology } from '@/api/ontology';
import type { EntityInfo, LinkInfo } from '@/features/entities/queries';
import { linkName } from '@/text/ontology';

interface Tie {
  readonly label: string;
  readonly other: LinkInfo['source'];
  readonly outward: boolean;
}

/** A link as the entity sees it: the other end, and the side on which it stands. Merged members count as the entity. */
export function tieOf(link: LinkInfo, entity: Pick<EntityInfo, 'id' | 'merged'>): Tie {
  const own = new Set([entity.id, ...entity.merged.map(({ id }) => id)]);
  const outward = own.has(link.source.id);
  return { label: linkName(link.kind, link.label), other: outward ? link.target : link.source, outward };
}

/** The label of a link read from the entity's side. */
export function tieLabel(link: LinkInfo, outward: boolean, ontology: Ontology): string {
  const kind = ontology.link(link.kind);
  return outward ? (kind?.label ?? link.label) : (kind?.reverse ?? link.label);
}
