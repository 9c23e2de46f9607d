import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '@/api/client';
import type { ApiError } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import type {
  CustodyFieldsFragment, Derivation, ExhibitFieldsFragment, ExhibitFilter, ExhibitKind, ExhibitPagesQuery, ExhibitRowsQuery, ExhibitViewingsQuery,
} from '@/api/generated/graphql';

const Rows = graphql(`
  query ExhibitRows($space: ID!, $filter: ExhibitFilter, $after: String) {
    exhibits(space: $space, filter: $filter, first: 50, after: $after) {
      total
      items { id number title kind handling integrityAlert excludedIn challengedIn authority { id country } markings { id name } parent { id } derivation details { language } file { archiveProblem scan { state } } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);
export const ExhibitFields = graphql(`
  fragment ExhibitFields on Exhibit {
    id number title kind handling grade acquiredAt acquiredZone cited excludedIn challengedIn integrityAlert createdAt version mayWrite mayHandOn
    integrityCheck { state at }
    case { id title }
    authority { id name country }
    custodian { id name country }
    markings { id name }
    details {
      legalAuthorisation legalBasis method tool examiner place personFrom mediaId sealNumber encryption authentication retention language
      recipients admissibility
    }
    file { name bytes sha256 sha512 mediaType family paged watermarked archiveProblem scan { state found problem at } }
    parent { id number title }
    derivation
    translations { id number title language }
    derived { id number title family }
    sameFile { id number title }
    createdBy { id name agency { id country } }
  }
`);
export const CustodyFields = graphql(`
  fragment CustodyFields on CustodyEvent {
    id verb at zone place reason condition seal hashBefore hashAfter refersTo open
    by { id name }
    agency { id country }
    from { id name country }
    to { id name country }
  }
`);
export const ExhibitDocument = graphql(`
  query ExhibitShown($space: ID!, $id: ID!) { exhibit(space: $space, id: $id) { ...ExhibitFields } }
`);
export const CustodyDocument = graphql(`
  query ExhibitCustody($space: ID!, $exhibit: ID!) { custody(space: $space, exhibit: $exhibit) { whole events { ...CustodyFields } } }
`);
export const ViewingsDocument = graphql(`
  query ExhibitViewings($space: ID!, $exhibit: ID!) {
    exhibitViewings(space: $space, exhibit: $exhibit) { firstAt lastAt times person { id name agency { id country } } }
  }
`);
export const PagesDocument = graphql(`
  query ExhibitPages($space: ID!, $exhibit: ID!, $from: Int!) {
    exhibitPages(space: $space, exhibit: $exhibit, from: $from, count: 1) {
      state problem total pages { number width height text words { text x y w h } }
    }
  }
`);
export const RegisterExhibit = graphql(`
  mutation RegisterExhibit($space: ID!, $case: ID!, $exhibit: ExhibitInput!, $custody: CustodyInput, $parent: ID, $markings: [ID!]!, $key: String!) {
    registerExhibit(space: $space, case: $case, exhibit: $exhibit, custody: $custody, parent: $parent, markings: $markings, key: $key) { id number }
  }
`);
export const ChangeExhibit = graphql(`
  mutation ChangeExhibit($space: ID!, $id: ID!, $exhibit: ExhibitInput!, $expectedVersion: String!, $key: String!) {
    changeExhibit(space: $space, id: $id, exhibit: $exhibit, expectedVersion: $expectedVersion, key: $key) { id version }
  }
`);
export const MarkExhibit = graphql(`
  mutation MarkExhibit($space: ID!, $id: ID!, $markings: [ID!]!, $expectedVersion: String!, $key: String!) {
    markExhibit(space: $space, id: $id, markings: $markings, expectedVersion: $expectedVersion, key: $key) { id version }
  }
`);
export const ReleaseExhibit = graphql(`
  mutation ReleaseExhibit($space: ID!, $id: ID!, $markings: [ID!]!, $reason: String!, $expectedVersion: String!, $key: String!) {
    releaseExhibit(space: $space, id: $id, markings: $markings, reason: $reason, expectedVersion: $expectedVersion, key: $key) { id version }
  }
`);
export const RecordCustody = graphql(`
  mutation RecordCustody($space: ID!, $exhibit: ID!, $verb: CustodyVerb!, $custody: CustodyInput!, $key: String!) {
    recordCustody(space: $space, exhibit: $exhibit, verb: $verb, custody: $custody, key: $key) { id }
  }
`);
export const HandOver = graphql(`
  mutation HandOverExhibit($space: ID!, $exhibit: ID!, $to: ID!, $custody: CustodyInput!, $key: String!) {
    handOverExhibit(space: $space, exhibit: $exhibit, to: $to, custody: $custody, key: $key) { id }
  }
`);
export const ConfirmReceipt = graphql(`
  mutation ConfirmExhibitReceipt($space: ID!, $exhibit: ID!, $custody: CustodyInput!, $key: String!) {
    confirmExhibitReceipt(space: $space, exhibit: $exhibit, custody: $custody, key: $key) { id }
  }
`);

export type ExhibitRow = ExhibitRowsQuery['exhibits']['items'][number];
export type ExhibitInfo = ExhibitFieldsFragment;
export type CustodyEvent = CustodyFieldsFragment;
export type Viewing = ExhibitViewingsQuery['exhibitViewings'][number];
export type PagesAnswer = ExhibitPagesQuery['exhibitPages'];
export type ExhibitPage = PagesAnswer['pages'][number];

/** Pages of exhibits under a filter, fifty at a time. */
export function useExhibitRows(space: string, filter: ExhibitFilter) {
  return useInfiniteQuery<ExhibitRowsQuery, ApiError, { total: number; items: ExhibitRow[] }, readonly unknown[], string | null>({
    queryKey: [space, 'ExhibitRows', filter],
    queryFn: ({ signal, pageParam }) => ask(Rows, { space, filter, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: ({ exhibits: { pageInfo } }) => (pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null),
    select: ({ pages }) => ({ total: pages[0]?.exhibits.total ?? 0, items: pages.flatMap((page) => page.exhibits.items) }),
    placeholderData: keepPreviousData,
  });
}

/** The queries that show exhibits, for asking again after a notice or a change. */
export const exhibitOperations = ['ExhibitRows', 'ExhibitShown', 'ExhibitCustody', 'ExhibitViewings', 'ExhibitChallenges', 'ExhibitConsents', 'ExhibitCitations', 'ExhibitCitedOn', 'WhatFalls'] as const;
/** The same and the home's activity, after a change of one's own. */
export const changedOperations = [...exhibitOperations, 'Activity'] as const;

export const exhibitKinds: readonly ExhibitKind[] = ['DOCUMENT', 'TABLE', 'IMAGE', 'AUDIO', 'VIDEO', 'MAIL', 'DATA', 'DEVICE', 'OBJECT'];

/** What a derived exhibit is of its original, in the order of the forms. */
export const derivations: readonly Derivation[] = ['OTHER', 'EXTRACT', 'COPY', 'TRANSLATION', 'TRANSCRIPT', 'REDACTION'];

/** Where a file or a page of it is fetched. */
export const fileAddress = (space: string, exhibit: string, part = ''): string =>
  `/files/${encodeURIComponent(exhibit)}${part}?space=${encodeURIComponent(space)}`;
