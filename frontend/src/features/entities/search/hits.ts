import { useMemo } from 'react';
import { graphql } from '@/api/generated/gql';
import type { SearchFacetsQuery, SearchFilter, SearchQuery, SearchQueryVariables } from '@/api/generated/graphql';
import { useCourt } from '@/api/court';
import { useAsk } from '@/api/hooks';
import { groups, useOntology, type Group } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import type { Narrowing } from '@/features/entities/search/narrowing';

const Search = graphql(`
  query Search($space: ID!, $text: String!, $first: Int!, $filter: SearchFilter, $court: String) {
    search(space: $space, text: $text, first: $first, filter: $filter, court: $court) {
      matched property label
      why { typed found how }
      record { id title locator grade gradeOriginal handling country status }
      stated { property label value kind outward other { caption } record { title locator } }
      entity { id kind caption }
    }
  }
`);
const Facets = graphql(`
  query SearchFacets($space: ID!, $text: String!, $filter: SearchFilter) {
    searchFacets(space: $space, text: $text, filter: $filter) {
      total complete
      groups { value count }
      cases { value count }
      countries { value count }
      grades { value count }
    }
  }
`);

export type Hit = SearchQuery['search'][number];
export type Hits = ReadonlyMap<Group, readonly Hit[]>;
export type Answer = ReturnType<typeof useAsk<SearchQuery, SearchQueryVariables>>;
export type FacetCounts = SearchFacetsQuery['searchFacets'];
export const searchOperations = ['Search', 'SearchFacets'] as const;
export const least = 2;

/** Hits by group, in the handbook's order of groups. */
export function grouped(hits: readonly Hit[], group: (kind: string) => Group): Hits {
  const found = new Map<Group, Hit[]>();
  for (const hit of hits) found.set(group(hit.entity.kind), [...(found.get(group(hit.entity.kind)) ?? []), hit]);
  return new Map(groups.flatMap((each) => (found.has(each) ? [[each, found.get(each) ?? []] as const] : [])));
}

/** What narrows, as the server takes it. */
function useFilter(narrowing: Narrowing, only: Group | null): SearchFilter {
  const { entityKinds } = useOntology();
  return useMemo(() => {
    const kinds = only ? entityKinds.filter((kind) => kind.group === only).map(({ name }) => name) : null;
    return { ...narrowing, kinds };
  }, [entityKinds, narrowing, only]);
}

/** What a text finds; with a group the server looks among its kinds only, so that more of them come. */
export function useHits(text: string, narrowing: Narrowing, only: Group | null = null, first = 30): { readonly answer: Answer; readonly hits: readonly Hit[]; readonly byGroup: Hits } {
  const { id } = useSpace();
  const { group } = useOntology();
  const filter = useFilter(narrowing, only);
  const enabled = text.trim().length >= least;
  const answer = useAsk(Search, { space: id, text, first, filter, court: useCourt() }, { space: id, enabled, keep: true });
  const hits = useMemo(() => (enabled ? answer.data?.search : undefined) ?? [], [enabled, answer.data]);
  const byGroup = useMemo(() => grouped(hits, group), [hits, group]);
  return { answer, hits, byGroup };
}

/** How many there are of what; only of what the reader may see. */
export function useFacets(text: string, narrowing: Narrowing, only: Group | null): FacetCounts | undefined {
  const { id } = useSpace();
  const filter = useFilter(narrowing, only);
  const enabled = text.trim().length >= least;
  const { data } = useAsk(Facets, { space: id, text, filter }, { space: id, enabled, keep: true });
  return enabled ? data?.searchFacets : undefined;
}
