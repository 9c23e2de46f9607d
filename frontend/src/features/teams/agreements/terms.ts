import { splitList } from '@/text/format';

/** The terms of an agreement as they stand in a form. Days are ISO dates. */
export interface TermsDraft {
  readonly purpose: string;
  readonly parties: string;
  readonly from: string;
  readonly to: string;
}

interface Terms {
  readonly purpose: string;
  readonly parties: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
}

export const emptyTerms: TermsDraft = { purpose: '', parties: '', from: '', to: '' };

export const draftOf = ({ purpose, parties, validFrom, validTo }: Terms): TermsDraft =>
  ({ purpose, parties: parties.join(', '), from: validFrom.slice(0, 10), to: validTo.slice(0, 10) });

/** A day that was not touched keeps its moment; a new one begins at midnight, or ends with the day. */
const momentOf = (day: string, before: string | undefined, time: string): string => (before?.slice(0, 10) === day ? before : `${day}T${time}Z`);

/** What is sent for a form; `before` is what the agreement says now, if there is one. */
export function termsOf(draft: TermsDraft, before?: Terms): { purpose: string; parties: string[]; validFrom: string; validTo: string } {
  return {
    purpose: draft.purpose.trim(),
    parties: splitList(draft.parties.toUpperCase()),
    validFrom: momentOf(draft.from, before?.validFrom, '00:00:00'),
    validTo: momentOf(draft.to, before?.validTo, '23:59:59'),
  };
}

export const complete = ({ purpose, parties, from, to }: TermsDraft): boolean => [purpose.trim(), parties.trim(), from, to].every(Boolean);
