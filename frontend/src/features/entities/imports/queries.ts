import { graphql } from '@/api/generated/gql';
import type { ImportFieldsFragment, ImportPreviewQuery } from '@/api/generated/graphql';

export const ImportFields = graphql(`
  fragment ImportFields on ImportJob {
    id name format state fileName sha256 bytes rowsRead accepted rejected progress rowsPerSecond problem raising createdAt
    case { id title }
    markings { id name }
    createdBy { id name agency { id country } }
  }
`);
export const ImportsDocument = graphql(`
  query Imports($space: ID!) { imports(space: $space) { ...ImportFields } }
`);
export const ImportDocument = graphql(`
  query ImportJob($space: ID!, $id: ID!) { importJob(space: $space, id: $id) { ...ImportFields } }
`);
export const PreviewDocument = graphql(`
  query ImportPreview($space: ID!, $id: ID!) {
    importPreview(space: $space, id: $id) { columns { name samples suggestedProperty } rows delimiter encoding }
  }
`);
export const CreateImport = graphql(`
  mutation CreateImport($space: ID!, $case: ID!, $name: String!, $format: ImportFormat!, $fileName: String!, $markings: [ID!]!, $grade: String, $handling: String!, $key: String!) {
    createImport(space: $space, case: $case, name: $name, format: $format, fileName: $fileName, markings: $markings, grade: $grade, handling: $handling, key: $key) { id }
  }
`);
export const StartImport = graphql(`
  mutation StartImport($space: ID!, $id: ID!, $mapping: String, $key: String!) {
    startImport(space: $space, id: $id, mapping: $mapping, key: $key) { ...ImportFields }
  }
`);
export const CancelImport = graphql(`
  mutation CancelImport($space: ID!, $id: ID!, $key: String!) { cancelImport(space: $space, id: $id, key: $key) { ...ImportFields } }
`);
export const ContinueImport = graphql(`
  mutation ContinueImport($space: ID!, $id: ID!, $key: String!) { continueImport(space: $space, id: $id, key: $key) { ...ImportFields } }
`);
export const MarkImport = graphql(`
  mutation MarkImport($space: ID!, $id: ID!, $markings: [ID!]!, $key: String!) { markImport(space: $space, id: $id, markings: $markings, key: $key) { ...ImportFields } }
`);

export const ReleaseImport = graphql(`
  mutation ReleaseImport($space: ID!, $id: ID!, $markings: [ID!]!, $reason: String!, $key: String!) {
    releaseImport(space: $space, id: $id, markings: $markings, reason: $reason, key: $key) { ...ImportFields }
  }
`);

export type Job = ImportFieldsFragment;
export type Preview = ImportPreviewQuery['importPreview'];
export const importOperations = ['Imports', 'ImportJob'] as const;
