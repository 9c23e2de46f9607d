import { useMemo } from 'react';
import { graphql } from '@/api/generated/gql';
import type { OntologyQuery } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';
import { useLanguage } from '@/text/language';
import type { Language } from '@/text/languages';
import { kindName, kindPlural, linkName, linkReverse, propertyName } from '@/text/ontology';

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

type Kinds = Pick<Ontology, 'entityKinds' | 'linkKinds'>;

/** The kinds by their names in the language spoken; the server's are English. */
function translated({ entityKinds, linkKinds }: Kinds): Kinds {
  const named = <Named extends { readonly name: string; readonly label: string }>(properties: readonly Named[]): Named[] =>
    properties.map((each) => ({ ...each, label: propertyName(each.name, each.label) }));
  return {
    entityKinds: entityKinds.map((each) => (
      { ...each, label: kindName(each.name, each.label), plural: kindPlural(each.name, each.plural), properties: named(each.properties) })),
    linkKinds: linkKinds.map((each) => (
      { ...each, label: linkName(each.name, each.label), reverse: linkReverse(each.name, each.reverse), properties: named(each.properties) })),
  };
}

function lookUp({ entityKinds, linkKinds }: Kinds): Ontology {
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

/** Named for the language alone: what is made holds its words. */
const ontologyIn = (_language: Language, kinds: Kinds): Ontology => lookUp(translated(kinds));

/** The kinds of entities and links; empty until the answer is in. */
export function useOntology(): Ontology {
  const { data } = useAsk(OntologyDocument, {});
  const language = useLanguage();
  return useMemo(() => ontologyIn(language, data?.ontology ?? empty), [data, language]);
}

/** True when `kind` is `base` or extends it. */
export const isA = (kind: EntityKind | undefined, base: string): boolean =>
  kind !== undefined && (kind.name === base || kind.extends.includes(base));
