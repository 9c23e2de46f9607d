import { QueryClient } from '@tanstack/react-query';
import { passes } from '@/api/errors';

const delay = (attempt: number): number => Math.min(5000, 400 * 2 ** attempt);

/** What the browser holds in memory. Nothing of it is written to disk. */
export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always', refetchOnWindowFocus: false, staleTime: 30_000, gcTime: 60_000,
      retry: (_, error) => passes(error), retryDelay: delay,
    },
    // A change that could not be sent waits here and goes out again under the same idempotency key.
    mutations: { networkMode: 'always', retry: (_, error) => passes(error), retryDelay: delay },
  },
});

/** Asks again for what is on screen of a space; `operations` narrows it to these queries by name. */
export async function refresh(space: string, operations?: readonly string[]): Promise<void> {
  await cache.invalidateQueries({
    predicate: ({ queryKey: [owner, name] }) =>
      owner === space && (!operations || operations.includes(String(name))),
  });
}

const told = new Set<(space: string) => void>();

/** Tells of spaces that are forgotten, for what holds something of them elsewhere; gives back what stops it. */
export function onForgotten(tell: (space: string) => void): () => void {
  told.add(tell);
  return () => void told.delete(tell);
}

/** Drops everything held of a space: at once, also what is being asked. */
export function forget(space: string): void {
  for (const tell of told) tell(space);
  void cache.cancelQueries({ predicate: ({ queryKey }) => queryKey[0] === space });
  cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === space });
}

/** Drops everything, as on signing out. */
export function forgetAll(): void {
  cache.clear();
}
