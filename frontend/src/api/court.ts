import { useSyncExternalStore } from 'react';
import type { Right } from '@/api/generated/graphql';
import { useRight, useSpace } from '@/api/SpaceContext';

const chosen = new Map<string, string>();
const watching = new Set<() => void>();

function watch(told: () => void): () => void {
  watching.add(told);
  return () => void watching.delete(told);
}

/** The country in whose courts the reader looks at a space; null is all records. Kept until the page is closed. */
export const courtOf = (space: string): string | null => chosen.get(space) ?? null;

/** Looks at a space as the courts of a country do; null leads back to all records. */
export function lookAs(space: string, court: string | null): void {
  if (court === null) chosen.delete(space);
  else chosen.set(space, court);
  for (const told of watching) told();
}

/** `courtOf` the space on screen, kept in step. */
export function useCourt(): string | null {
  const { id } = useSpace();
  return useSyncExternalStore(watch, () => courtOf(id));
}

/** True when the reader's role gives the right, and all records are in view: nothing is changed in a court's view. */
export const useEdits = (right: Right): boolean => [useRight(right), useCourt() === null].every(Boolean);
