import { graphql } from '@/api/generated/gql';
import type { EntityLinksQuery, EntityQuery } from '@/api/generated/graphql';

export const EntityDocument = graphql(`
  query Entity($space: ID!, $id: ID!, $court: String) {
    entity(space: $space, id: $id, court: $court) {
      id kind caption otherNames version handling degree
      facts { ...FactFields }
      records { ...RecordFields }
      markings { id name }
      linkCounts { linkKind label linkClass direction count from to }
      cases { id title }
      merged { id caption kind sameAs }
      sharedIdentifiers { type value entity { id kind caption } }
    }
  }
`);
export const LinksDocument = graphql(`
  query EntityLinks($space: ID!, $id: ID!, $first: Int!, $court: String) {
    entity(space: $space, id: $id, court: $court) {
      id
      links(first: $first) {
        items {
          id kind label linkClass strength version handling
          source { id kind caption }
          target { id kind caption }
          facts { ...FactFields }
          records { ...RecordFields }
        }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`);

export type EntityInfo = EntityQuery['entity'];
export type LinkInfo = EntityLinksQuery['entity']['links']['items'][number];
export const entityOperations = ['Entity', 'EntityLinks'] as const;
/** What a change of an entity makes stale on screen. */
export const afterChange = [...entityOperations, 'EntityRows', 'KindCounts', 'Activity'] as const;

export const CorrectRecord = graphql(`
  mutation CorrectRecord($space: ID!, $id: ID!, $record: RecordInput!, $reason: String!, $expectedVersion: String!, $key: String!) {
    correctRecord(space: $space, id: $id, record: $record, reason: $reason, expectedVersion: $expectedVersion, key: $key) { record { id } }
  }
`);
export const RetractRecord = graphql(`
  mutation RetractRecord($space: ID!, $id: ID!, $reason: String!, $expectedVersion: String!, $key: String!) {
    retractRecord(space: $space, id: $id, reason: $reason, expectedVersion: $expectedVersion, key: $key) { record { id } }
  }
`);
export const MarkRecord = graphql(`
  mutation MarkRecord($space: ID!, $id: ID!, $markings: [ID!]!, $expectedVersion: String!, $key: String!) {
    markRecord(space: $space, id: $id, markings: $markings, expectedVersion: $expectedVersion, key: $key) { record { id } }
  }
`);
export const ReleaseRecord = graphql(`
  mutation ReleaseRecord($space: ID!, $id: ID!, $markings: [ID!]!, $reason: String!, $expectedVersion: String!, $key: String!) {
    releaseRecord(space: $space, id: $id, markings: $markings, reason: $reason, expectedVersion: $expectedVersion, key: $key) { record { id } }
  }
`);
export const Merge = graphql(`
  mutation Merge($space: ID!, $a: ID!, $b: ID!, $record: RecordInput!, $key: String!) {
    merge(space: $space, a: $a, b: $b, record: $record, key: $key) { id }
  }
`);
export const Unmerge = graphql(`
  mutation Unmerge($space: ID!, $sameAs: ID!, $reason: String!, $key: String!) {
    unmerge(space: $space, sameAs: $sameAs, reason: $reason, key: $key) { id }
  }
`);
