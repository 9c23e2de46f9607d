import type { RecordInput } from '@/api/generated/graphql';
import type { RecordInfo } from '@/api/records';

export interface ValueDraft {
  readonly property: string;
  readonly value: string;
}
/** A record while it is being written. Grade is given in its two parts. */
export interface RecordDraft {
  readonly case: string;
  readonly values: readonly ValueDraft[];
  readonly sourceTitle: string;
  readonly locator: string;
  readonly reliability: string;
  readonly credibility: string;
  readonly gradeOriginal: string;
  readonly handling: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly markings: readonly string[];
}

/** An empty record with fields for these properties. */
export function emptyDraft(inCase: string, properties: readonly string[]): RecordDraft {
  return {
    case: inCase, values: properties.map((property) => ({ property, value: '' })), sourceTitle: '', locator: '',
    reliability: '', credibility: '', gradeOriginal: '', handling: 'H0', validFrom: '', validTo: '', markings: [],
  };
}

/** A draft that says what the record says, for correcting it. */
export function draftOf(record: RecordInfo): RecordDraft {
  return {
    case: record.case?.id ?? '',
    values: record.values.flatMap(({ property, values }) => values.map((value) => ({ property, value }))),
    sourceTitle: record.source.title, locator: record.source.locator,
    reliability: record.grade?.charAt(0) ?? '', credibility: record.grade?.charAt(1) ?? '',
    gradeOriginal: record.gradeOriginal ?? '', handling: record.handling,
    validFrom: record.validFrom ?? '', validTo: record.validTo ?? '', markings: record.markings.map(({ id }) => id),
  };
}

function byProperty(values: readonly ValueDraft[]): { property: string; values: string[] }[] {
  const found = new Map<string, string[]>();
  for (const { property, value } of values) {
    if (property && value.trim()) found.set(property, [...(found.get(property) ?? []), value.trim()]);
  }
  return [...found].map(([property, all]) => ({ property, values: all }));
}

/** The draft as the server takes it: values under their properties, empty ones left out. */
export function toInput(draft: RecordDraft): RecordInput {
  return {
    case: draft.case, values: byProperty(draft.values), sourceTitle: draft.sourceTitle.trim(), locator: draft.locator.trim(),
    grade: draft.reliability && draft.credibility ? draft.reliability + draft.credibility : null,
    gradeOriginal: draft.gradeOriginal.trim() || null, handling: draft.handling,
    validFrom: draft.validFrom.trim() || null, validTo: draft.validTo.trim() || null, markings: [...draft.markings],
  };
}

/** True once it has a case, a source and, unless `bare`, a value. */
export const isComplete = (draft: RecordDraft, bare = false): boolean =>
  draft.case !== '' && draft.sourceTitle.trim() !== '' && (bare || byProperty(draft.values).length > 0);
