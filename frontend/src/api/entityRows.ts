import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '@/api/client';
import type { ApiError } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import type { EntityRowsQuery } from '@/api/generated/graphql';
import { useCourt } from '@/api/court';
import { useAsk } from '@/api/hooks';

const Rows = graphql(`
  query EntityRows($space: ID!, $kinds: [String!], $case: ID, $text: String, $after: String, $court: String) {
    entities(space: $space, kinds: $kinds, case: $case, text: $text, first: 50, after: $after, court: $court) {
      total
      items { id kind caption degree sources grade handling countries marked standing }
      pageInfo { endCursor hasNextPage }
    }
  }
`);
const Counts = graphql(`
  query KindCounts($space: ID!, $case: ID) { kindCounts(space: $space, case: $case) { kind count } }
`);

export type EntityRow = EntityRowsQuery['entities']['items'][number];

export interface EntityFilter {
  readonly kinds: readonly string[];
  readonly case: string | null;
  readonly text: string;
}

/** Pages of entities under a filter, fifty at a time. */
export function useEntityRows(space: string, filter: EntityFilter) {
  const variables = { space, kinds: filter.kinds.length > 0 ? [...filter.kinds] : null, case: filter.case, text: filter.text || null, court: useCourt() };
  return useInfiniteQuery<EntityRowsQuery, ApiError, { total: number; items: EntityRow[] }, readonly unknown[], string | null>({
    queryKey: [space, 'EntityRows', variables],
    queryFn: ({ signal, pageParam }) => ask(Rows, { ...variables, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: ({ entities: { pageInfo } }) => (pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null),
    select: ({ pages }) => ({ total: pages[0]?.entities.total ?? 0, items: pages.flatMap((page) => page.entities.items) }),
    placeholderData: keepPreviousData,
  });
}

/** How many visible entities of each kind a space or case holds. */
export const useKindCounts = (space: string, inCase: string | null = null) => useAsk(Counts, { space, case: inCase }, { space, keep: true });

/** The queries behind lists of entities, for asking again after a notice. */
export const listOperations = ['EntityRows', 'KindCounts'] as const;
