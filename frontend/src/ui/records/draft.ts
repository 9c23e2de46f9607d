import type { RecordInput } from '@/api/generated/graphql';
import type { CitedExhibit, RecordInfo } from '@/api/records';

export interface ValueDraft {
  readonly property: string;
  readonly value: string;
}
/** A record while it is being written. Grade is given in its two parts. */
export interface RecordDraft {
  readonly case: string;
  readonly values: readonly ValueDraft[];
  readonly sourceTitle: string;
  /** The exhibit that it cites; its number is the source then. */
  readonly exhibit: CitedExhibit | null;
  readonly locator: string;
  readonly reliability: string;
  readonly credibility: string;
  readonly gradeOriginal: string;
  readonly handling: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly markings: readonly string[];
}

/** What a record is to cite: an exhibit, the place in it, the text there, and what the exhibit's own grade and code hand on. */
export interface Cite {
  readonly exhibit: CitedExhibit;
  readonly locator: string;
  readonly text: string;
  readonly grade: string | null;
  readonly handling: string;
}

/** An empty record with fields for these properties; where it cites an exhibit, the first one holds the text there. */
export function emptyDraft(inCase: string, properties: readonly string[], cite: Cite | null = null): RecordDraft {
  return {
    case: inCase, values: properties.map((property, at) => ({ property, value: at === 0 ? (cite?.text ?? '') : '' })),
    sourceTitle: cite?.exhibit.number ?? '', exhibit: cite?.exhibit ?? null, locator: cite?.locator ?? '',
    ...gradeParts(cite?.grade), gradeOriginal: '', handling: cite?.handling ?? 'H0', validFrom: '', validTo: '', markings: [],
  };
}

const gradeParts = (grade: string | null | undefined): Pick<RecordDraft, 'reliability' | 'credibility'> =>
  ({ reliability: grade?.charAt(0) ?? '', credibility: grade?.charAt(1) ?? '' });

/** A draft that says what the record says, for correcting it. */
export function draftOf(record: RecordInfo): RecordDraft {
  return {
    case: record.case?.id ?? '',
    values: record.values.flatMap(({ property, values }) => values.map((value) => ({ property, value }))),
    sourceTitle: record.source.title, exhibit: record.source.exhibit ?? null, locator: record.source.locator, ...gradeParts(record.grade),
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
    case: draft.case, values: byProperty(draft.values), sourceTitle: draft.sourceTitle.trim(), exhibit: draft.exhibit?.id ?? null, locator: draft.locator.trim(),
    grade: draft.reliability && draft.credibility ? draft.reliability + draft.credibility : null,
    gradeOriginal: draft.gradeOriginal.trim() || null, handling: draft.handling,
    validFrom: draft.validFrom.trim() || null, validTo: draft.validTo.trim() || null, markings: [...draft.markings],
  };
}

/** True once it has a case, a source and, unless `bare`, a value. */
export const isComplete = (draft: RecordDraft, bare = false): boolean =>
  draft.case !== '' && draft.sourceTitle.trim() !== '' && (bare || byProperty(draft.values).length > 0);
