import type { Standing } from '@/api/generated/graphql';
import type { FactInfo, RecordInfo } from '@/api/records';

type FactValue = FactInfo['values'][number];

/** Ungraded sorts after everything graded. */
const rank = (grade: string | null | undefined): string => grade ?? 'Z9';

/** How what does not stand fell; what a court excluded before what it may not use, and that before what was retracted. */
const fallen = ['EXCLUDED', 'RESERVED', 'RETRACTED'] as const satisfies readonly Standing[];
export type Fallen = (typeof fallen)[number];
export const isFallen = (standing: Standing | RecordInfo['status']): standing is Fallen => fallen.some((each) => each === standing);

/** How what does not stand fell, of some records none of which stands. */
export const howFallen = (records: readonly { readonly status: RecordInfo['status'] }[]): Fallen =>
  fallen.find((each) => records.some(({ status }) => status === each)) ?? 'RETRACTED';

const stands = ({ status }: RecordInfo): boolean => !isFallen(status);

/** Records from the strongest to the weakest; those that no longer stand come last. */
export function byStrength(records: readonly RecordInfo[]): readonly RecordInfo[] {
  return records.toSorted((a, b) =>
    Number(stands(b)) - Number(stands(a)) || rank(a.grade).localeCompare(rank(b.grade)) || a.assertedAt.localeCompare(b.assertedAt));
}

/** How one value or tie stands, from the records that say it. */
export function standingOf(records: readonly RecordInfo[]): { standing: Standing; count: number; weak: boolean } {
  const standing = records.filter(stands);
  if (standing.length === 0) return { standing: howFallen(records), count: records.length, weak: false };
  const best = byStrength(standing)[0];
  const weak = !best?.grade || best.grade >= 'C3';
  return { standing: standing.length > 1 ? 'AGREE' : 'ONE_SOURCE', count: standing.length, weak };
}

/** How many records stand behind a fact's values, each counted once. */
export const recordCount = (fact: FactInfo): number =>
  new Set(fact.values.flatMap(({ records }) => records.filter(stands).map(({ id }) => id))).size;

/** Values that at least one standing record says. */
export const standingValues = (fact: FactInfo): readonly FactValue[] => fact.values.filter(({ records }) => records.some(stands));

const strictness = ['H0', 'H1', 'H2', 'H3'];

/** The strictest of some handling codes; null of none. */
export function strictest(codes: readonly string[]): string | null {
  return codes.reduce<string | null>((worst, code) =>
    worst === null || strictness.indexOf(code) > strictness.indexOf(worst) ? code : worst, null);
}
