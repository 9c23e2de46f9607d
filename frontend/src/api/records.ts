import { graphql } from '@/api/generated/gql';
import type { FactFieldsFragment, RecordFieldsFragment } from '@/api/generated/graphql';

/** A record as every screen shows it: values, and the source margin. */
export const RecordFields = graphql(`
  fragment RecordFields on Record {
    id about grade gradeOriginal handling status statusReason excludedIn needsConsent assertedAt validFrom validTo
    values { property label values }
    source { title locator importId exhibit { id number title alteredAt } }
    authority { id name country }
    assertedBy { id name agency { country } }
    markings { id name kind }
    case { id title }
  }
`);

export const FactFields = graphql(`
  fragment FactFields on Fact {
    property label standing
    values { value records { ...RecordFields } }
  }
`);

export const AddRecord = graphql(`
  mutation AddRecord($space: ID!, $about: ID!, $record: RecordInput!, $expectedVersion: String!, $key: String!) {
    addRecord(space: $space, about: $about, record: $record, expectedVersion: $expectedVersion, key: $key) { record { id } }
  }
`);

export type RecordInfo = RecordFieldsFragment;
export type FactInfo = FactFieldsFragment;
/** An exhibit as a record cites it. */
export type CitedExhibit = NonNullable<RecordInfo['source']['exhibit']>;

/** Where an exhibit opens: at a page, row, line or time, where its locator says so. */
export function exhibitAddress(space: string, exhibit: string, locator = ''): string {
  const fragment = locator ? `#${new URLSearchParams({ at: locator }).toString()}` : '';
  return `/s/${space}/evidence/${exhibit}${fragment}`;
}
