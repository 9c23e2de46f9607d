import { graphql } from '@/api/generated/gql';

/** What a record about an entity needs of it. */
export const CitedAboutDocument = graphql(`
  query CitedAbout($space: ID!, $id: ID!) { entity(space: $space, id: $id) { id kind caption version } }
`);
