import { graphql } from '@/api/generated/gql';
import type { AgencyRegisterQuery, AgencyType } from '@/api/generated/graphql';

export const AgencyRegister = graphql(`
  query AgencyRegister { agencies { id name country type languages } }
`);
export const CreateAgency = graphql(`
  mutation CreateAgency($name: String!, $country: String!, $type: AgencyType!, $languages: [String!]!, $key: String!) {
    createAgency(name: $name, country: $country, type: $type, languages: $languages, key: $key) { id }
  }
`);
export const UpdateAgency = graphql(`
  mutation UpdateAgency($id: ID!, $name: String!, $country: String!, $type: AgencyType!, $languages: [String!]!, $key: String!) {
    updateAgency(id: $id, name: $name, country: $country, type: $type, languages: $languages, key: $key) { id }
  }
`);

export type AgencyInfo = AgencyRegisterQuery['agencies'][number];
export const agencyTypes: readonly AgencyType[] = [
  'POLICE', 'PROSECUTION', 'COURT', 'CENTRAL_AUTHORITY', 'FIU', 'ASSET_RECOVERY_OFFICE', 'CUSTOMS', 'TAX', 'MINISTRY', 'CENTRAL_BANK', 'REGULATOR',
  'EU_BODY', 'OTHER',
];
