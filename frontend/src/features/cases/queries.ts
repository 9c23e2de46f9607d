import { graphql } from '@/api/generated/gql';
import type { CaseQuery, CasesQuery } from '@/api/generated/graphql';

export const CaseDocument = graphql(`
  query Case($space: ID!, $id: ID!) {
    case(space: $space, id: $id) {
      id title summary offences state version raising entityCount
      references { country number }
      authority { id name country }
      lead { id name agency { country } }
      markings { id name }
    }
  }
`);
export const CasesDocument = graphql(`
  query Cases($space: ID!) {
    cases(space: $space) {
      id title summary offences state entityCount references { country number } authority { id name country } lead { id name } markings { id name }
    }
  }
`);
export const CreateCase = graphql(`
  mutation CreateCase($space: ID!, $title: String!, $summary: String!, $references: [CaseReferenceInput!]!, $offences: [String!]!, $markings: [ID!]!, $key: String!) {
    createCase(space: $space, title: $title, summary: $summary, references: $references, offences: $offences, markings: $markings, key: $key) { id }
  }
`);
export const UpdateCase = graphql(`
  mutation UpdateCase($space: ID!, $id: ID!, $changes: CaseChanges!, $expectedVersion: String!, $key: String!) {
    updateCase(space: $space, id: $id, changes: $changes, expectedVersion: $expectedVersion, key: $key) { id version }
  }
`);
export const MarkCase = graphql(`
  mutation MarkCase($space: ID!, $id: ID!, $markings: [ID!]!, $expectedVersion: String!, $key: String!) {
    markCase(space: $space, id: $id, markings: $markings, expectedVersion: $expectedVersion, key: $key) { id }
  }
`);
export const ReleaseCase = graphql(`
  mutation ReleaseCase($space: ID!, $id: ID!, $markings: [ID!]!, $reason: String!, $expectedVersion: String!, $key: String!) {
    releaseCase(space: $space, id: $id, markings: $markings, reason: $reason, expectedVersion: $expectedVersion, key: $key) { id }
  }
`);

export type CaseInfo = CaseQuery['case'];
export type CaseRow = CasesQuery['cases'][number];

/** "IT NA-2231/26 · LT 08-114" */
export const referenceText = (references: CaseInfo['references']): string =>
  references.map(({ country, number }) => `${country} ${number}`).join(' · ');
