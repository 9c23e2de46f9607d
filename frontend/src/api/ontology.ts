import { useMemo } from 'react';
import { graphql } from '@/api/generated/gql';
import type { OntologyQuery } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';

const OntologyDocument = graphql(`
  query Ontology {
    ontology {
      entityKinds { name label plural group extends featured properties { name label type } }
      linkKinds { name label reverse linkClass sourceKinds targetKinds directed properties { name label type } }
    }
  }
`);

export type EntityKind = OntologyQuery['ontology']['entityKinds'][number];
export type LinkKind = OntologyQuery['ontology']['linkKinds'][number];
/** One of the ten kinds of the handbook: hue, shape and icon follow it. */
export type Group = 'person' | 'organisation' | 'case' | 'account' | 'wallet' | 'communication' | 'vehicle' | 'exhibit' | 'place' | 'event';
export const groups: readonly Group[] = [
  'person', 'organisation', 'account', 'wallet', 'communication', 'place', 'vehicle', 'event', 'exhibit', 'case',
];

/** The ontology, looked up by name. */
export interface Ontology {
  readonly entityKinds: readonly EntityKind[];
  readonly linkKinds: readonly LinkKind[];
  readonly kind: (name: string) => EntityKind | undefined;
  readonly link: (name: string) => LinkKind | undefined;
  readonly group: (kind: string) => Group;
}

function toGroup(name: string | undefined): Group {
  return groups.find((group) => group === name) ?? 'exhibit';
}

function lookUp({ entityKinds, linkKinds }: Pick<Ontology, 'entityKinds' | 'linkKinds'>): Ontology {
  const kinds = new Map(entityKinds.map((each) => [each.name, each]));
  const links = new Map(linkKinds.map((each) => [each.name, each]));
  return {
    entityKinds,
    linkKinds,
    kind: (name) => kinds.get(name),
    link: (name) => links.get(name),
    group: (kind) => toGroup(kinds.get(kind)?.group),
  };
}

const empty = { entityKinds: [], linkKinds: [] };

/** The kinds of entities and links; empty until the answer is in. */
export function useOntology(): Ontology {
  const { data } = useAsk(OntologyDocument, {});
  return useMemo(() => lookUp(data?.ontology ?? empty), [data]);
}

/** True when `kind` is `base` or extends it. */
export const isA = (kind: EntityKind | undefined, base: string): boolean =>
  kind !== undefined && (kind.name === base || kind.extends.includes(base));
