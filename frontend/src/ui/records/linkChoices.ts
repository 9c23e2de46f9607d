import { isA, type EntityKind, type LinkKind } from '@/api/ontology';

/** A link kind with the side on which the first entity stands. */
export interface LinkChoice {
  readonly value: string;
  readonly kind: LinkKind;
  readonly outward: boolean;
}

const allows = (kinds: readonly string[], kind: EntityKind | undefined): boolean =>
  kinds.length === 0 || kinds.some((each) => isA(kind, each));

/** Every way in which an entity may be linked, as source or as target; to any entity while the other end is open. */
export function choicesFor(kinds: readonly LinkKind[], from: EntityKind | undefined, to: EntityKind | undefined): readonly LinkChoice[] {
  const fits = (mine: readonly string[], others: readonly string[]): boolean => allows(mine, from) && (!to || allows(others, to));
  return kinds.flatMap((kind) => [
    ...(fits(kind.sourceKinds, kind.targetKinds) ? [{ value: `${kind.name} out`, kind, outward: true }] : []),
    ...(kind.directed && fits(kind.targetKinds, kind.sourceKinds) ? [{ value: `${kind.name} in`, kind, outward: false }] : []),
  ]);
}
