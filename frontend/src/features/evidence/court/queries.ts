import { graphql } from '@/api/generated/gql';
import type { ExhibitChallengesQuery, ExhibitCitationsQuery, RestingFieldsFragment, WhatFallsQuery } from '@/api/generated/graphql';

export const RestingFields = graphql(`
  fragment RestingFields on RestingSubject { id kind caption link ends { id kind caption } }
`);
export const ChallengesDocument = graphql(`
  query ExhibitChallenges($space: ID!, $exhibit: ID!) {
    challenges(space: $space, exhibit: $exhibit) {
      id by ground court country filedAt outcome ruling ruledAt
      enteredBy { id name agency { id country } }
    }
  }
`);
export const CitationsDocument = graphql(`
  query ExhibitCitations($space: ID!, $exhibit: ID!) {
    citations(space: $space, exhibit: $exhibit) {
      record locator grade status
      authority { id country }
      subject { ...RestingFields }
    }
  }
`);
export const WhatFallsDocument = graphql(`
  query WhatFalls($space: ID!, $exhibit: ID!, $country: String) {
    whatFalls(space: $space, exhibit: $exhibit, country: $country) {
      lost kept
      items { property label value others best { title locator grade } subject { ...RestingFields } }
    }
  }
`);
export const ChallengeExhibit = graphql(`
  mutation ChallengeExhibit($space: ID!, $exhibit: ID!, $challenge: ChallengeInput!, $key: String!) {
    challengeExhibit(space: $space, exhibit: $exhibit, challenge: $challenge, key: $key) { id }
  }
`);
export const DecideChallenge = graphql(`
  mutation DecideChallenge($space: ID!, $id: ID!, $outcome: ChallengeOutcome!, $ruling: String!, $key: String!) {
    decideChallenge(space: $space, id: $id, outcome: $outcome, ruling: $ruling, key: $key) { id }
  }
`);

export type ChallengeInfo = ExhibitChallengesQuery['challenges'][number];
export type Citation = ExhibitCitationsQuery['citations'][number];
export type Resting = RestingFieldsFragment;
export type FallsAnswer = WhatFallsQuery['whatFalls'];
export type Falling = FallsAnswer['items'][number];
