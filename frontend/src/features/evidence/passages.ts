import { useMemo } from 'react';
import { graphql } from '@/api/generated/gql';
import type { ExhibitTextQuery } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';
import { exhibitAddress } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { useRefreshOn } from '@/live/useRefreshOn';

const Text = graphql(`
  query ExhibitText($space: ID!, $text: String!, $first: Int!) {
    exhibitText(space: $space, text: $text, first: $first) { locator excerpt alteredAt exhibit { id number title } }
  }
`);
const most = 10;

/** A page of an exhibit on which words stand, and the line. */
export type Passage = ExhibitTextQuery['exhibitText'][number];

/** The pages of exhibits on which a text stands; asked beside what else a search asks, and waited for by nothing. */
export function usePassages(text: string, enabled: boolean): readonly Passage[] {
  const { id } = useSpace();
  const { data } = useAsk(Text, { space: id, text, first: most }, { space: id, enabled, keep: true });
  useRefreshOn(id, ['ExhibitText'], ({ kind }) => kind === 'exhibit');
  return useMemo(() => (enabled ? data?.exhibitText : undefined) ?? [], [enabled, data]);
}

/** Where the line opens. */
export const passageAddress = (space: string, { exhibit, locator }: Passage): string => exhibitAddress(space, exhibit.id, locator);
