import type { SpaceInfo } from '@/api/SpaceContext';
import type { TaskInfo } from '@/api/tasks';

/** An entity, a link or a case that a task is about, by its name. */
export interface Thing {
  readonly id: string;
  readonly name: string;
}

type CaseInfo = SpaceInfo['cases'][number];

/** The cases whose title or reference holds what was typed. */
export function casesNamed(cases: readonly CaseInfo[], text: string): readonly CaseInfo[] {
  const wanted = text.toLocaleLowerCase();
  const words = ({ title, references }: CaseInfo): string => [title, ...references.map(({ country, number }) => `${country} ${number}`)].join('\n').toLocaleLowerCase();
  return cases.filter((each) => words(each).includes(wanted));
}

/** Linked cases with the markings that they carry and the task does not: of these the task must not speak. */
export function closerCases(task: Pick<TaskInfo, 'linkedCases' | 'markings'>, cases: readonly CaseInfo[]): readonly (CaseInfo & { readonly lacking: readonly string[] })[] {
  const carried = new Set(task.markings.map(({ id }) => id));
  const linked = new Set(task.linkedCases.map(({ id }) => id));
  return cases.filter(({ id }) => linked.has(id))
    .map((each) => ({ ...each, lacking: each.markings.filter(({ id }) => !carried.has(id)).map(({ name }) => name) }))
    .filter(({ lacking }) => lacking.length > 0);
}
