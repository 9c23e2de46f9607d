import type { Derivation, ExhibitInput, ExhibitKind } from '@/api/generated/graphql';
import { derivations, exhibitKinds, type ExhibitInfo } from '@/features/evidence/queries';
import { gradeOf } from '@/features/evidence/uploads/ChoiceFields';
import { fieldOf, zone } from '@/ui/tasks/due';

/** Texts of how an exhibit came about, in the order of the form. */
export const details = [
  'legalAuthorisation', 'legalBasis', 'method', 'tool', 'examiner', 'place', 'personFrom', 'mediaId', 'sealNumber', 'encryption', 'authentication',
  'retention', 'language',
] as const;
export const lists = ['recipients', 'admissibility'] as const;
export type Detail = (typeof details)[number];
type Lines = (typeof lists)[number];

/** An exhibit as its form holds it: grade in two parts, lists one a line, the moment as a field of date and time has it. */
export interface ExhibitDraft extends Readonly<Record<Detail | Lines, string>> {
  readonly title: string;
  readonly kind: ExhibitKind;
  /** Empty for what is derived from nothing. */
  readonly derivation: Derivation | '';
  readonly reliability: string;
  readonly credibility: string;
  readonly handling: string;
  readonly acquired: string;
}

export function draftOf(of: ExhibitInfo): ExhibitDraft {
  const { recipients, admissibility, ...texts } = of.details;
  return {
    ...texts, recipients: recipients.join('\n'), admissibility: admissibility.join('\n'), title: of.title, kind: of.kind, derivation: of.derivation ?? '',
    reliability: of.grade?.charAt(0) ?? '', credibility: of.grade?.charAt(1) ?? '', handling: of.handling, acquired: fieldOf(of.acquiredAt),
  };
}

export const kindNamed = (name: string, before: ExhibitKind): ExhibitKind => exhibitKinds.find((each) => each === name) ?? before;

export const derivationNamed = (name: string): Derivation => derivations.find((each) => each === name) ?? 'OTHER';

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** Only what differs from `before` is sent, so that what a colleague changes meanwhile elsewhere stays. */
export function changesOf(draft: ExhibitDraft, before: ExhibitDraft): Partial<ExhibitInput> {
  const changed = (name: keyof ExhibitDraft): boolean => draft[name] !== before[name];
  const texts = Object.fromEntries(details.filter(changed).map((name) => [name, draft[name].trim()]));
  const listed = Object.fromEntries(lists.filter(changed).map((name) => [name, linesOf(draft[name])]));
  return {
    ...texts, ...listed,
    ...(changed('title') ? { title: draft.title.trim() } : {}),
    ...(changed('kind') ? { kind: draft.kind } : {}),
    ...(changed('derivation') && draft.derivation ? { derivation: draft.derivation } : {}),
    ...(gradeOf(draft) === gradeOf(before) ? {} : { grade: gradeOf(draft) }),
    ...(changed('handling') ? { handling: draft.handling } : {}),
    ...(changed('acquired') && draft.acquired ? { acquiredAt: new Date(draft.acquired).toISOString(), acquiredZone: zone() } : {}),
  };
}
