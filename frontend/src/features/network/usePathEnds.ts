import { useCallback, useRef, useState } from 'react';
import type { ChartController } from '@/features/network/ChartController';
import type { PathEnds } from '@/features/network/PathFinder';
import { useNotices } from '@/live/hooks';

interface Start {
  readonly from?: string;
  readonly to?: string;
  readonly avoid?: string;
}

const NOBODY: PathEnds = { from: null, to: null, avoid: [] };

/** The slots without an item that its reader no longer sees. */
function withoutItem({ from, to, avoid }: PathEnds, gone: string): PathEnds {
  return { from: from?.id === gone ? null : from, to: to?.id === gone ? null : to, avoid: avoid.filter(({ id }) => id !== gone) };
}

/** The path finder's slots: filled by menus, by typing, and by clicks on the chart while one is empty. What is gone leaves them. */
export function usePathEnds(controller: ChartController, space: string): {
  readonly ends: PathEnds | null; readonly setEnds: (ends: PathEnds | null) => void;
  readonly start: (end: Start) => void; readonly pick: (id: string) => boolean;
} {
  const [ends, setEnds] = useState<PathEnds | null>(null);
  const now = useRef(ends);
  now.current = ends;
  useNotices(space, ({ change, id }) => {
    if (change === 'gone') setEnds((before) => before && withoutItem(before, id));
  });
  const start = useCallback((end: Start) => {
    const item = (id: string | undefined) => (id === undefined ? null : controller.store.item(id));
    setEnds((before) => {
      const base = before ?? NOBODY;
      const avoid = item(end.avoid);
      return {
        from: item(end.from) ?? base.from, to: item(end.to) ?? base.to,
        avoid: avoid ? [...base.avoid.filter(({ id }) => id !== avoid.id), avoid] : base.avoid,
      };
    });
  }, [controller]);
  const pick = useCallback((id: string) => {
    const item = controller.store.item(id);
    const held = now.current;
    if (!held || !item || (held.from && held.to)) return false;
    setEnds(held.from ? { ...held, to: item } : { ...held, from: item });
    return true;
  }, [controller]);
  return { ends, setEnds, start, pick };
}
