import { createContext, useContext, useMemo } from 'react';
import type { ApiError } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import type { Right, SpaceCasesQuery, SpaceQuery } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';

/** An agreement with its amendments, for the space's home and for administrators. */
export const AgreementFields = graphql(`
  fragment AgreementFields on Agreement {
    id purpose parties state validFrom validTo version
    amendments {
      id at reason
      by { id name agency { country } }
      before { state purpose parties validFrom validTo }
      after { state purpose parties validFrom validTo }
    }
  }
`);
const Space = graphql(`
  query Space($id: ID!) {
    space(id: $id) {
      id name kind colour countries thirdCountries myRole myMembership myRights
      agreement { ...AgreementFields }
      members {
        id role state validFrom validTo
        secondedTo { id name country }
        clearances { id name kind }
        person { id name function languages agency { id name country } }
      }
      markings { marking { id name kind } countries holders strongSignIn watermark ours }
    }
  }
`);

const SpaceCases = graphql(`
  query SpaceCases($space: ID!) {
    cases(space: $space) { id title state entityCount references { country number } markings { id name } }
  }
`);

/** A space with its visible cases, which a role without the right to read does not have. */
export type SpaceInfo = SpaceQuery['space'] & { readonly cases: SpaceCasesQuery['cases'] };
const noCases: SpaceCasesQuery['cases'] = [];

export type Member = SpaceInfo['members'][number];
export type AgreementInfo = SpaceInfo['agreement'];
export type HeldMarking = SpaceInfo['markings'][number];
export type MarkingInfo = SpaceInfo['markings'][number]['marking'];

/** Asks for a space and what hangs on it: members, markings, cases, the reader's rights. */
export function useSpaceAnswer(id: string): { data: SpaceInfo | undefined; error: ApiError | null; refetch: () => unknown } {
  const space = useAsk(Space, { id }, { space: id });
  const reads = space.data?.space.myRights.includes('READ_CONTENT') ?? false;
  const cases = useAsk(SpaceCases, { space: id }, { space: id, enabled: reads });
  const held = reads ? cases.data?.cases : noCases;
  const data = useMemo(() => (space.data && held ? { ...space.data.space, cases: held } : undefined), [space.data, held]);
  const refetch = (): void => void Promise.all([space.refetch(), reads ? cases.refetch() : null]);
  return { data, error: space.error ?? (reads ? cases.error : null), refetch };
}

/** The queries behind it, for asking again after a notice. */
export const spaceOperations = ['Space', 'SpaceCases'] as const;

export const SpaceContext = createContext<SpaceInfo | null>(null);

/** The space on screen. Only below the shell, which shows nothing of a space before it knows it. */
export function useSpace(): SpaceInfo {
  const space = useContext(SpaceContext);
  if (!space) throw new Error('useSpace needs a space on screen');
  return space;
}

/** The space on screen, or null on pages outside of one. */
export const useMaybeSpace = (): SpaceInfo | null => useContext(SpaceContext);

/** True when the reader's role gives the right. */
export const useRight = (right: Right): boolean => useSpace().myRights.includes(right);

/** The colour of a country's people, 1 to 4, by order of joining. */
export function useTone(country: string): number {
  const countries = useMaybeSpace()?.countries ?? [];
  return (Math.max(0, countries.indexOf(country)) % 4) + 1;
}
