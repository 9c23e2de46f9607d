import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '@/api/client';
import type { ApiError } from '@/api/errors';
import { graphql } from '@/api/generated/gql';
import type { CommentFieldsFragment, MentionableQuery, TaskCommentsQuery } from '@/api/generated/graphql';

export const CommentFields = graphql(`
  fragment CommentFields on TaskComment {
    id task taskTitle text at withdrawnAt withdrawnReason mayWithdraw
    by { id name agency { country } }
    mentions { id name agency { country } }
  }
`);
const TaskComments = graphql(`
  query TaskComments($space: ID!, $task: ID!, $after: String) {
    taskComments(space: $space, task: $task, first: 20, after: $after) { total items { ...CommentFields } pageInfo { endCursor hasNextPage } }
  }
`);
export const Mentions = graphql(`
  query Mentions($space: ID!) { mentions(space: $space, first: 20) { total items { ...CommentFields } } }
`);
export const Mentionable = graphql(`
  query Mentionable($space: ID!, $task: ID!) { mentionable(space: $space, task: $task) { id name agency { country } } }
`);
export const CommentOnTask = graphql(`
  mutation CommentOnTask($space: ID!, $task: ID!, $text: String!, $mentions: [ID!]!, $key: String!) {
    commentOnTask(space: $space, task: $task, text: $text, mentions: $mentions, key: $key) { id }
  }
`);
export const WithdrawTaskComment = graphql(`
  mutation WithdrawTaskComment($space: ID!, $id: ID!, $reason: String!, $key: String!) {
    withdrawTaskComment(space: $space, id: $id, reason: $reason, key: $key) { id }
  }
`);

export type CommentInfo = CommentFieldsFragment;
export type Mentioned = MentionableQuery['mentionable'][number];

/** What was said about a task, newest first, twenty at a time. */
export function useComments(space: string, task: string) {
  return useInfiniteQuery<TaskCommentsQuery, ApiError, { total: number; items: CommentInfo[] }, readonly unknown[], string | null>({
    queryKey: [space, 'TaskComments', task],
    queryFn: ({ signal, pageParam }) => ask(TaskComments, { space, task, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: ({ taskComments: { pageInfo } }) => (pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null),
    select: ({ pages }) => ({ total: pages[0]?.taskComments.total ?? 0, items: pages.flatMap((page) => page.taskComments.items) }),
    placeholderData: keepPreviousData,
  });
}
