import { graphql } from '@/api/generated/gql';
import type { AdministeredSpacesQuery, AgreementState } from '@/api/generated/graphql';

export const RegisterDocument = graphql(`
  query AdministeredSpaces {
    administeredSpaces {
      id name kind colour
      agreement { ...AgreementFields }
      leads { state disabled person { id name agency { country } } }
    }
  }
`);
export const LeadChoices = graphql(`
  query LeadChoices { accounts { state person { id name function agency { country name } } } }
`);
export const CreateSpace = graphql(`
  mutation CreateSpace($name: String!, $kind: SpaceKind!, $colour: Int!, $agreement: AgreementTermsInput!, $lead: ID!, $key: String!) {
    createSpace(name: $name, kind: $kind, colour: $colour, agreement: $agreement, lead: $lead, key: $key) { id }
  }
`);
export const AppointLead = graphql(`
  mutation AppointLead($space: ID!, $person: ID!, $key: String!) { appointLead(space: $space, person: $person, key: $key) { id } }
`);
export const SetAgreementState = graphql(`
  mutation SetAgreementState($space: ID!, $state: AgreementState!, $reason: String!, $expectedVersion: String!, $key: String!) {
    setAgreementState(space: $space, state: $state, reason: $reason, expectedVersion: $expectedVersion, key: $key) { id }
  }
`);
export const AmendAgreement = graphql(`
  mutation AmendAgreement($space: ID!, $terms: AgreementTermsInput!, $reason: String!, $expectedVersion: String!, $key: String!) {
    amendAgreement(space: $space, terms: $terms, reason: $reason, expectedVersion: $expectedVersion, key: $key) { id }
  }
`);

export type Registered = AdministeredSpacesQuery['administeredSpaces'][number];
/** A space as its agreement's dialogs need it. */
export type Under = Pick<Registered, 'id' | 'name' | 'agreement'>;

/** What one does to an agreement, and the state that it leads to. */
export type Move = 'open' | 'suspend' | 'resume' | 'end';
export const target: Readonly<Record<Move, AgreementState>> = { open: 'IN_FORCE', suspend: 'SUSPENDED', resume: 'IN_FORCE', end: 'ENDED' };

const leadMoves: Readonly<Record<AgreementState, readonly Move[]>> = { DRAFT: [], IN_FORCE: ['suspend', 'end'], SUSPENDED: [], ENDED: [] };
const administratorMoves: Readonly<Record<AgreementState, readonly Move[]>> = {
  DRAFT: ['open', 'end'], IN_FORCE: ['suspend', 'end'], SUSPENDED: ['resume', 'end'], ENDED: [],
};

/** The moves that an agreement in this state allows: to administrators more than to leads, who have no standing before and after. */
export const movesOf = (state: AgreementState, administers: boolean): readonly Move[] => (administers ? administratorMoves : leadMoves)[state];

/** The queries that show agreements. */
export const registerOperations = ['AdministeredSpaces', 'Spaces', 'Invitations'] as const;
