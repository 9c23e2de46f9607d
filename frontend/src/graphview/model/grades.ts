/** The Admiralty grades that the filter offers: at least this good in source and in information. */
export const GRADE_STEPS = ['A1', 'B2', 'C3'] as const;
export type GradeStep = (typeof GRADE_STEPS)[number];

/** True when both the source letter and the information digit are at least as good; ungraded and F or 6 never are. */
export function gradeAtLeast(grade: string | null | undefined, least: string): boolean {
  if (!grade || !/^[A-E][1-5]$/u.test(grade)) return false;
  return grade.charAt(0) <= least.charAt(0) && grade.charAt(1) <= least.charAt(1);
}

/** 0 for A1 to 25 for ungraded: order for sorting. */
export function gradeRank(grade: string | null | undefined): number {
  if (!grade) return 99;
  return (grade.charCodeAt(0) - 65) * 6 + Number(grade.charAt(1)) - 1;
}
