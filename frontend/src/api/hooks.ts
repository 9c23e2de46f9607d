import { keepPreviousData, useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { ask, operationName, type Document } from '@/api/client';
import type { ApiError } from '@/api/errors';

interface AskOptions<Answer> {
  /** The space that owns the answer; it is forgotten with that space. Leave out for what is the person's own. */
  readonly space?: string;
  readonly enabled?: boolean;
  /** Ask again every so many milliseconds, as long as the answer wants it. */
  readonly every?: number | ((answer: Answer | undefined) => number | false);
  /** Show the last answer while another one loads. */
  readonly keep?: boolean;
}

/** Asks a query and keeps the answer; `refresh(space, [operation])` asks again. */
export function useAsk<Answer, Variables>(
  document: Document<Answer, Variables>, variables: Variables, options: AskOptions<Answer> = {},
): UseQueryResult<Answer, ApiError> {
  return useQuery<Answer, ApiError>({
    queryKey: [options.space ?? 'own', operationName(document), variables],
    queryFn: ({ signal }) => ask(document, variables, signal),
    enabled: options.enabled ?? true,
    refetchInterval: ({ state }) => (typeof options.every === 'function' ? options.every(state.data) : (options.every ?? false)),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

type Keyless<Variables> = Omit<Variables, 'key'>;

/**
 * Sends a change. The idempotency key is made here and stays the same while the same change is tried again.
 * The change counts as pending until `done` has: let it ask again for what the change made stale, or the next change conflicts with this one.
 */
export function useAct<Answer, Variables>(
  document: Document<Answer, Variables>,
  done?: (answer: Answer) => unknown,
): UseMutationResult<Answer, ApiError, Keyless<Variables>> {
  const last = useRef({ body: '', key: '' });
  return useMutation<Answer, ApiError, Keyless<Variables>>({
    mutationFn: (variables) => {
      const body = JSON.stringify(variables);
      if (last.current.body !== body) last.current = { body, key: crypto.randomUUID() };
      const key = document.toString().includes('$key') ? { key: last.current.key } : {};
      return ask(document, { ...variables, ...key } as Variables);
    },
    onSuccess: async (answer) => {
      last.current = { body: '', key: '' };
      await done?.(answer);
    },
  });
}
