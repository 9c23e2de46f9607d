import { graphql } from '@/api/generated/gql';
import type { AccountsQuery } from '@/api/generated/graphql';

export const AccountsDocument = graphql(`
  query Accounts {
    accounts {
      login state administrator agencyAdministrator setUpUntil secondFactor
      person { id name function languages agency { id name country } }
    }
  }
`);
export const CreatePerson = graphql(`
  mutation CreatePerson($login: String!, $name: String!, $function: String!, $languages: [String!]!, $agency: ID!, $key: String!) {
    createPerson(login: $login, name: $name, function: $function, languages: $languages, agency: $agency, key: $key) {
      code account { login setUpUntil person { id name } }
    }
  }
`);
export const UpdatePerson = graphql(`
  mutation UpdatePerson($id: ID!, $name: String!, $function: String!, $languages: [String!]!, $key: String!) {
    updatePerson(id: $id, name: $name, function: $function, languages: $languages, key: $key) { login }
  }
`);
export const IssueSetUpCode = graphql(`
  mutation IssueSetUpCode($person: ID!, $key: String!) {
    issueSetUpCode(person: $person, key: $key) { code account { login setUpUntil person { id name } } }
  }
`);
export const DisablePerson = graphql(`
  mutation DisablePerson($person: ID!, $key: String!) { disablePerson(person: $person, key: $key) { login } }
`);
export const EnablePerson = graphql(`
  mutation EnablePerson($person: ID!, $key: String!) { enablePerson(person: $person, key: $key) { login } }
`);
export const ResetSecondFactor = graphql(`
  mutation ResetSecondFactor($person: ID!, $key: String!) { resetSecondFactor(person: $person, key: $key) { login } }
`);
export const EndSessionsOf = graphql(`
  mutation EndSessionsOf($person: ID!, $key: String!) { endSessionsOf(person: $person, key: $key) { login } }
`);
export const AppointAgencyAdministrator = graphql(`
  mutation AppointAgencyAdministrator($person: ID!, $key: String!) { appointAgencyAdministrator(person: $person, key: $key) { login } }
`);
export const DismissAgencyAdministrator = graphql(`
  mutation DismissAgencyAdministrator($person: ID!, $key: String!) { dismissAgencyAdministrator(person: $person, key: $key) { login } }
`);
export const AgencyChoices = graphql(`
  query AgencyChoices { agencies { id name country } }
`);

export type AccountInfo = AccountsQuery['accounts'][number];
/** A code that has just been issued: it is in memory until its dialog closes, and nowhere else. */
export interface Issued {
  readonly code: string;
  readonly account: { readonly login: string; readonly setUpUntil?: string | null; readonly person: { readonly name: string } };
}
