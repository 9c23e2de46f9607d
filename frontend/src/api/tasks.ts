import { keepPreviousData, useInfiniteQuery, useMutationState } from '@tanstack/react-query';
import { ask } from '@/api/client';
import type { ApiError } from '@/api/errors';
import { useAsk } from '@/api/hooks';
import { graphql } from '@/api/generated/gql';
import type { TaskFilter, TaskFieldsFragment, TasksOf, TasksQuery, TaskState } from '@/api/generated/graphql';

export const TaskFields = graphql(`
  fragment TaskFields on Task {
    id title text state stateAt due dueZone overdue priority version mayWork mayComment mayDirect createdAt
    stateBy { id name }
    createdBy { id name }
    assignee { role person { id name agency { id country } } agency { id name country } }
    steps { text done at by { id name } }
    case { id title }
    linkedCases { id title }
    entities { id kind caption }
    links { id kind source { id caption } target { id caption } }
    markings { id name }
  }
`);
const Tasks = graphql(`
  query Tasks($space: ID!, $filter: TaskFilter, $after: String) {
    tasks(space: $space, filter: $filter, first: 50, after: $after) { total items { ...TaskFields } pageInfo { endCursor hasNextPage } }
  }
`);
export const TaskDocument = graphql(`
  query Task($space: ID!, $id: ID!) { task(space: $space, id: $id) { ...TaskFields } }
`);
export const CreateTask = graphql(`
  mutation CreateTask($space: ID!, $task: TaskInput!, $case: ID, $about: [ID!]!, $markings: [ID!]!, $key: String!) {
    createTask(space: $space, task: $task, case: $case, about: $about, markings: $markings, key: $key) { id }
  }
`);
export const ChangeTaskItems = graphql(`
  mutation ChangeTaskItems($space: ID!, $id: ID!, $add: [ID!]!, $remove: [ID!]!, $key: String!) {
    changeTaskItems(space: $space, id: $id, add: $add, remove: $remove, key: $key) { id }
  }
`);
export const ChangeTask = graphql(`
  mutation ChangeTask($space: ID!, $id: ID!, $task: TaskInput!, $expectedVersion: String!, $key: String!) {
    changeTask(space: $space, id: $id, task: $task, expectedVersion: $expectedVersion, key: $key) { id version }
  }
`);

const TaskCounts = graphql(`
  query TaskCounts($space: ID!, $states: [TaskState!]!) {
    mine: tasks(space: $space, filter: { whose: MINE, states: $states }, first: 1) { total }
    agency: tasks(space: $space, filter: { whose: MY_AGENCY, states: $states }, first: 1) { total }
    everybody: tasks(space: $space, filter: { whose: EVERYBODY, states: $states }, first: 1) { total }
  }
`);

export type TaskInfo = TaskFieldsFragment;

/** Pages of tasks under a filter, fifty at a time. */
export function useTasks(space: string, filter: TaskFilter) {
  return useInfiniteQuery<TasksQuery, ApiError, { total: number; items: TaskInfo[] }, readonly unknown[], string | null>({
    queryKey: [space, 'Tasks', filter],
    queryFn: ({ signal, pageParam }) => ask(Tasks, { space, filter, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: ({ tasks: { pageInfo } }) => (pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null),
    select: ({ pages }) => ({ total: pages[0]?.tasks.total ?? 0, items: pages.flatMap((page) => page.tasks.items) }),
    placeholderData: keepPreviousData,
  });
}

export const notClosed: TaskState[] = ['OPEN', 'DOING', 'WAITING'];

/** How many tasks not closed there are, mine, my authority's and the team's. */
export function useTaskCounts(space: string): Record<TasksOf, number> | null {
  const { data } = useAsk(TaskCounts, { space, states: notClosed }, { space });
  return data ? { MINE: data.mine.total, MY_AGENCY: data.agency.total, EVERYBODY: data.everybody.total } : null;
}

/** The ids of what is being changed and not answered yet. */
export function useChanging(): ReadonlySet<string> {
  const sent = useMutationState({ filters: { status: 'pending' }, select: ({ state }) => (state.variables as { readonly id?: string } | undefined)?.id });
  return new Set(sent.filter((id) => id !== undefined));
}

/** The queries that show tasks and what is said about them, for asking again after a notice or a change. */
export const taskOperations = ['Tasks', 'Task', 'TaskCounts', 'TaskComments', 'Mentionable', 'Mentions'] as const;
