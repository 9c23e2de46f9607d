import { graphql } from '@/api/generated/gql';
import type { CitationFieldsFragment, ExhibitChallengesQuery, ExhibitConsentsQuery, RestingFieldsFragment, WhatFallsQuery } from '@/api/generated/graphql';

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
export const ConsentsDocument = graphql(`
  query ExhibitConsents($space: ID!, $exhibit: ID!) {
    consents(space: $space, exhibit: $exhibit) {
      needed mayGive courts
      provider { id name country }
      handing { authority { id name country } recipients people { id name } }
      given { id country terms givenAt withdrawnAt recipient { id name country } givenBy { id name } withdrawnBy { id name } }
    }
  }
`);
export const CitationFields = graphql(`
  fragment CitationFields on Citation {
    record locator grade status
    authority { id country }
    subject { ...RestingFields }
  }
`);
export const CitationsDocument = graphql(`
  query ExhibitCitations($space: ID!, $exhibit: ID!) { citations(space: $space, exhibit: $exhibit) { ...CitationFields } }
`);
export const CitedOnDocument = graphql(`
  query ExhibitCitedOn($space: ID!, $exhibit: ID!, $page: Int!) { citations(space: $space, exhibit: $exhibit, page: $page) { ...CitationFields } }
`);
export const WhatFallsDocument = graphql(`
  query WhatFalls($space: ID!, $exhibit: ID!, $country: String) {
    whatFalls(space: $space, exhibit: $exhibit, country: $country) {
      lost kept
      items { property label value others best { title locator grade alteredAt } subject { ...RestingFields } }
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

export const GiveConsent = graphql(`
  mutation GiveConsent($space: ID!, $exhibit: ID!, $consent: ConsentInput!, $key: String!) {
    giveConsent(space: $space, exhibit: $exhibit, consent: $consent, key: $key) { id }
  }
`);
export const WithdrawConsent = graphql(`
  mutation WithdrawConsent($space: ID!, $id: ID!, $reason: String!, $key: String!) {
    withdrawConsent(space: $space, id: $id, reason: $reason, key: $key) { id }
  }
`);

export type Consents = ExhibitConsentsQuery['consents'];
export type ConsentInfo = Consents['given'][number];
export type ChallengeInfo = ExhibitChallengesQuery['challenges'][number];
export type Citation = CitationFieldsFragment;
/** The kinds of things whose notices may change which records cite an exhibit, or how they stand. */
export const citingKinds: ReadonlySet<string> = new Set(['entity', 'link', 'record', 'merge']);
export type Resting = RestingFieldsFragment;
export type FallsAnswer = WhatFallsQuery['whatFalls'];
export type Falling = FallsAnswer['items'][number];
