import { useMemo } from 'react';
import { graphql } from '@/api/generated/gql';
import type { SearchFilter, SearchQuery, SearchQueryVariables } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';
import { groups, useOntology, type Group } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';

const Search = graphql(`
  query Search($space: ID!, $text: String!, $filter: SearchFilter) {
    search(space: $space, text: $text, first: 30, filter: $filter) {
      matched property label
      why { typed found how }
      record { id title locator grade gradeOriginal handling country }
      entity { id kind caption }
    }
  }
`);

export type Hit = SearchQuery['search'][number];
export type Hits = ReadonlyMap<Group, readonly Hit[]>;
export type Answer = ReturnType<typeof useAsk<SearchQuery, SearchQueryVariables>>;
/** What narrows the search beside the group of kinds. */
export type Narrowing = Pick<SearchFilter, 'case' | 'country' | 'gradeAtLeast' | 'recordedFrom'>;
export const least = 2;

/** Hits by group, in the handbook's order of groups. */
export function grouped(hits: readonly Hit[], group: (kind: string) => Group): Hits {
  const found = new Map<Group, Hit[]>();
  for (const hit of hits) found.set(group(hit.entity.kind), [...(found.get(group(hit.entity.kind)) ?? []), hit]);
  return new Map(groups.flatMap((each) => (found.has(each) ? [[each, found.get(each) ?? []] as const] : [])));
}

/** What a text finds; with a group the server looks among its kinds only, so that more of them come. */
export function useHits(text: string, narrowing: Narrowing, only: Group | null = null): { readonly answer: Answer; readonly byGroup: Hits } {
  const { id } = useSpace();
  const { group, entityKinds } = useOntology();
  const kinds = useMemo(() => (only ? entityKinds.filter((kind) => kind.group === only).map(({ name }) => name) : null), [entityKinds, only]);
  const enabled = text.trim().length >= least;
  const answer = useAsk(Search, { space: id, text, filter: { ...narrowing, kinds } }, { space: id, enabled, keep: true });
  const hits = enabled ? answer.data?.search : undefined;
  const byGroup = useMemo(() => grouped(hits ?? [], group), [hits, group]);
  return { answer, byGroup };
}
