import { graphql } from '@/api/generated/gql';
import type { FactFieldsFragment, RecordFieldsFragment } from '@/api/generated/graphql';

/** A record as every screen shows it: values, and the source margin. */
export const RecordFields = graphql(`
  fragment RecordFields on Record {
    id about grade gradeOriginal handling status statusReason assertedAt validFrom validTo
    values { property label values }
    source { title locator importId }
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

export type RecordInfo = RecordFieldsFragment;
export type FactInfo = FactFieldsFragment;
