import { useCallback, useEffect, useRef } from 'react';
import { refresh } from '@/api/cache';
import { useNotices } from '@/live/hooks';
import type { Notice } from '@/live/messages';

const pause = 200;
const longest = 1000;

/** Asks the named queries of the space again after notices that match, at most once a second under a burst. */
export function useRefreshOn(space: string, operations: readonly string[], matches?: (notice: Notice) => boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  const names = operations.join(' ');
  const soon = useCallback(() => {
    if (timer.current !== undefined) return;
    const since = Date.now() - last.current;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      last.current = Date.now();
      void refresh(space, names.split(' '));
    }, since > longest ? pause : longest - since);
  }, [space, names]);
  useEffect(() => () => {
    clearTimeout(timer.current);
    timer.current = undefined;
  }, [soon]);
  useNotices(space, (notice) => {
    if (!matches || matches(notice)) soon();
  });
}
