import { graphql } from '@/api/generated/gql';
import type { ChartQuery, NetworkEntityQuery, NetworkPathQuery, NetworkTiesQuery } from '@/api/generated/graphql';

export const ChartItemFields = graphql(`
  fragment ChartItemFields on ChartItem { id kind caption degree uncertain markings merged grade handling standing }
`);
export const ChartLinkFields = graphql(`
  fragment ChartLinkFields on ChartLink { id kind linkClass label source target strength amount currency date markings grade handling standing }
`);

export const ChartDocument = graphql(`
  query Chart($space: ID!, $case: ID, $import: ID, $limit: Int!, $court: String) {
    chart(space: $space, case: $case, import: $import, limit: $limit, court: $court) {
      truncated
      items { ...ChartItemFields }
      links { ...ChartLinkFields }
    }
  }
`);
export const ChartItemsDocument = graphql(`
  query ChartItems($space: ID!, $ids: [ID!]!, $among: [ID!], $court: String) {
    chartItems(space: $space, ids: $ids, among: $among, court: $court) {
      truncated
      items { ...ChartItemFields }
      links { ...ChartLinkFields }
    }
  }
`);
export const LinkEndsDocument = graphql(`
  query LinkEnds($space: ID!, $id: ID!) {
    link(space: $space, id: $id) { id source { id } target { id } }
  }
`);
export const LinkCountsDocument = graphql(`
  query LinkCounts($space: ID!, $entity: ID!) {
    linkCounts(space: $space, entity: $entity) { linkKind label linkClass direction count from to }
  }
`);
export const ExpandDocument = graphql(`
  query Expand($space: ID!, $entity: ID!, $linkKinds: [String!], $direction: Direction!, $limit: Int!, $order: ExpandOrder!, $court: String) {
    expand(space: $space, entity: $entity, linkKinds: $linkKinds, direction: $direction, limit: $limit, order: $order, court: $court) {
      truncated
      items { ...ChartItemFields }
      links { ...ChartLinkFields }
    }
  }
`);
export const PathDocument = graphql(`
  query NetworkPath($space: ID!, $from: ID!, $to: ID!, $maxHops: Int!, $linkKinds: [String!], $minGrade: String, $avoid: [ID!], $court: String) {
    path(space: $space, from: $from, to: $to, maxHops: $maxHops, linkKinds: $linkKinds, minGrade: $minGrade, avoid: $avoid, court: $court) {
      outcome hops itemsSeen
      paths {
        weakestGrade from to
        items { ...ChartItemFields }
        links { ...ChartLinkFields }
      }
    }
  }
`);
export const EntityPanelDocument = graphql(`
  query NetworkEntity($space: ID!, $id: ID!, $court: String) {
    entity(space: $space, id: $id, court: $court) {
      id kind caption otherNames handling standing degree
      facts { ...FactFields }
      records { ...RecordFields }
      markings { id name }
    }
  }
`);
export const TiesDocument = graphql(`
  query NetworkTies($space: ID!, $id: ID!, $first: Int!, $court: String) {
    entity(space: $space, id: $id, court: $court) {
      id
      merged { id }
      links(first: $first) {
        items {
          id kind label linkClass strength standing
          source { id kind caption }
          target { id kind caption }
          records { ...RecordFields }
        }
        pageInfo { hasNextPage }
      }
    }
  }
`);
export const LinkPanelDocument = graphql(`
  query NetworkLink($space: ID!, $id: ID!, $court: String) {
    link(space: $space, id: $id, court: $court) {
      id kind label linkClass strength handling standing
      source { id kind caption }
      target { id kind caption }
      facts { ...FactFields }
      records { ...RecordFields }
      markings { id name }
    }
  }
`);

export type ChartData = ChartQuery['chart'];
export type PanelEntity = NetworkEntityQuery['entity'];
export type Tie = NetworkTiesQuery['entity']['links']['items'][number];
export type PathAnswer = NetworkPathQuery['path'];
export type FoundPath = PathAnswer['paths'][number];
export const panelOperations = ['NetworkEntity', 'NetworkTies', 'NetworkLink', 'NetworkPath'] as const;
