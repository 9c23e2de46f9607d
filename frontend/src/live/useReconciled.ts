import { useLayoutEffect, useMemo, useReducer } from 'react';
import type { Reconciled } from '@/api/reconciled';
import { useNotices } from '@/live/hooks';
import { listed, nothing, reconcile, type Identified } from '@/live/reconcile';

/** An answer's items, less what notices said to be gone: it vanishes at once, before the list is asked for again. */
export function useReconciled<T extends Identified>(space: string, items: readonly T[] | undefined): Reconciled<readonly T[]> {
  const [held, change] = useReducer(reconcile<T>, undefined, nothing<T>);
  useLayoutEffect(() => {
    if (items) change({ type: 'answer', items });
  }, [items]);
  useNotices(space, (notice) => change({ type: notice.change, id: notice.id }));
  return useMemo(() => listed(held), [held]);
}
