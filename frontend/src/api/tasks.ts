import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '@/api/client';
import type { ApiError } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import type { TaskFilter, TaskFieldsFragment, TasksQuery } from '@/api/generated/graphql';

export const TaskFields = graphql(`
  fragment TaskFields on Task {
    id title text state stateAt due dueZone overdue priority version mayWork mayComment mayDirect createdAt
    stateBy { id name }
    createdBy { id name }
    assignee { role person { id name agency { id country } } agency { id name country } }
    steps { text done at by { id name } }
    case { id title }
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
export const ChangeTask = graphql(`
  mutation ChangeTask($space: ID!, $id: ID!, $task: TaskInput!, $expectedVersion: String!, $key: String!) {
    changeTask(space: $space, id: $id, task: $task, expectedVersion: $expectedVersion, key: $key) { id version }
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

/** The queries that show tasks and what is said about them, for asking again after a notice or a change. */
export const taskOperations = ['Tasks', 'Task', 'TaskComments', 'Mentionable', 'Mentions'] as const;
