import type { AssigneeInput, TaskInput, TaskPriority } from '@/api/generated/graphql';
import type { TaskInfo } from '@/api/tasks';
import { fieldOf, zone } from '@/ui/tasks/due';

/** A task as its form holds it. `assignee` is sort and id with a blank between them, `due` the value of a date and time field. */
export interface TaskDraft {
  readonly title: string;
  readonly text: string;
  readonly due: string;
  readonly priority: TaskPriority;
  readonly assignee: string;
  readonly steps: string;
}

export const nobody = 'NOBODY ';
export const emptyDraft: TaskDraft = { title: '', text: '', due: '', priority: 'NORMAL', assignee: nobody, steps: '' };

/** How a form names who has a task. */
export function assigneeValue({ assignee }: Pick<TaskInfo, 'assignee'>): string {
  if (assignee?.person) return `PERSON ${assignee.person.id}`;
  if (assignee?.role) return `ROLE ${assignee.role.toLowerCase()}`;
  return assignee?.agency ? `AGENCY ${assignee.agency.id}` : nobody;
}

/** The same as the API takes it. */
export function assigneeInput(value: string): AssigneeInput {
  const [sort = '', id = ''] = value.split(' ');
  return { sort: sort === 'PERSON' || sort === 'ROLE' || sort === 'AGENCY' ? sort : 'NOBODY', id };
}

export const draftOf = (task: TaskInfo): TaskDraft => ({
  title: task.title, text: task.text, due: fieldOf(task.due), priority: task.priority, assignee: assigneeValue(task),
  steps: task.steps.map(({ text }) => text).join('\n'),
});

const lines = (steps: string): string[] => steps.split('\n').map((line) => line.trim()).filter(Boolean);

/** Only what differs from `before` is sent, so that what a colleague changes meanwhile elsewhere stays. */
export function changesOf(draft: TaskDraft, before: TaskDraft, ticked: ReadonlySet<string> = new Set()): TaskInput {
  const changed = (field: keyof TaskDraft): boolean => draft[field] !== before[field];
  return {
    ...(changed('title') ? { title: draft.title.trim() } : {}),
    ...(changed('text') ? { text: draft.text.trim() } : {}),
    ...(changed('due') ? { due: { at: draft.due ? new Date(draft.due).toISOString() : null, zone: zone() } } : {}),
    ...(changed('priority') ? { priority: draft.priority } : {}),
    ...(changed('assignee') ? { assignee: assigneeInput(draft.assignee) } : {}),
    ...(changed('steps') ? { steps: lines(draft.steps).map((text) => ({ text, done: ticked.has(text) })) } : {}),
  };
}
