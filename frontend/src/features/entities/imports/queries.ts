import { graphql } from '@/api/generated/gql';
import type { ImportCheckQuery, ImportFieldsFragment, ImportMappingsQuery, ImportPreviewQuery } from '@/api/generated/graphql';

export const ImportFields = graphql(`
  fragment ImportFields on ImportJob {
    id name format state fileName sha256 bytes rowsRead accepted rejected progress rowsPerSecond problem raising createdAt
    grade handling chosen mapping undone undoReason
    case { id title }
    markings { id name }
    createdBy { id name agency { id name country } }
  }
`);
export const ImportsDocument = graphql(`
  query Imports($space: ID!) { imports(space: $space) { ...ImportFields } }
`);
export const ImportDocument = graphql(`
  query ImportJob($space: ID!, $id: ID!) { importJob(space: $space, id: $id) { ...ImportFields } }
`);
export const PreviewDocument = graphql(`
  query ImportPreview($space: ID!, $id: ID!, $layout: ImportLayoutInput) {
    importPreview(space: $space, id: $id, layout: $layout) {
      columns { name samples suggestedProperty dates decimal } rows delimiter encoding quote header sheet sheets encodings template suggestedMapping
    }
  }
`);
export const CheckDocument = graphql(`
  query ImportCheck($space: ID!, $id: ID!, $mapping: String!) {
    importCheck(space: $space, id: $id, mapping: $mapping) {
      read faults { column reason rows first } rows { number statements { kind isLink values { property label values } source target } }
    }
  }
`);
export const MappingsDocument = graphql(`
  query ImportMappings($space: ID!) { importMappings(space: $space) { id name columns mapping savedAt savedBy { id name } } }
`);
export const SaveMapping = graphql(`
  mutation SaveImportMapping($space: ID!, $id: ID!, $name: String!, $mapping: String!, $key: String!) {
    saveImportMapping(space: $space, id: $id, name: $name, mapping: $mapping, key: $key) { id }
  }
`);
export const DeleteMapping = graphql(`
  mutation DeleteImportMapping($space: ID!, $id: ID!, $key: String!) { deleteImportMapping(space: $space, id: $id, key: $key) { id } }
`);
export const CheckFile = graphql(`
  mutation CheckImportFile($space: ID!, $id: ID!, $mapping: String, $key: String!) {
    checkImportFile(space: $space, id: $id, mapping: $mapping, key: $key) { ...ImportFields }
  }
`);
export const UndoImport = graphql(`
  mutation UndoImport($space: ID!, $id: ID!, $reason: String!, $key: String!) { undoImport(space: $space, id: $id, reason: $reason, key: $key) { ...ImportFields } }
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
export type Checked = ImportCheckQuery['importCheck'];
export type SavedMapping = ImportMappingsQuery['importMappings'][number];
export type Preview = ImportPreviewQuery['importPreview'];
export const importOperations = ['Imports', 'ImportJob'] as const;
