import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import { LiveContext, type Live, type NoticeHandler, type Touch } from '@/live/LiveContext';
import type { Present, ViewName } from '@/live/messages';

/** How long a change of another person keeps its edge, in milliseconds. */
export const fadesAfter = 8000;

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive needs LiveProvider above it');
  return live;
}

/** Calls `handler` for each notice of the space. */
export function useNotices(space: string, handler: NoticeHandler): void {
  const { listen } = useLive();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => listen(space, (notice) => latest.current(notice)), [listen, space]);
}

const nobody: readonly Present[] = [];

/** Who else is in the space now, within what the reader may see. */
export function usePresence(space: string): readonly Present[] {
  return useLive().present.get(space) ?? nobody;
}

/** Says to the others in the space what this page shows. */
export function useAnnounce(space: string, view: ViewName, looking: readonly string[] = []): void {
  const { announce } = useLive();
  const ids = looking.join(' ');
  useEffect(() => announce(space, view, ids ? ids.split(' ') : []), [announce, space, view, ids]);
}

/** The newest change of another person to this subject; `fresh` while its edge shows. */
export function useTouch(id: string): { touch: Touch | null; fresh: boolean } {
  const { touches } = useLive();
  const touch = useMemo(() => touches.find((each) => each.id === id) ?? null, [touches, id]);
  const fresh = useFresh(touch);
  return { touch, fresh };
}

/** True until the touch fades. */
export function useFresh(touch: Touch | null): boolean {
  const [faded, setFaded] = useState<Touch | null>(null);
  useEffect(() => {
    if (!touch) return undefined;
    const timer = setTimeout(() => setFaded(touch), Math.max(0, touch.seenAt + fadesAfter - Date.now()));
    return () => clearTimeout(timer);
  }, [touch]);
  return touch !== null && touch !== faded;
}

/** Looks up the change that still shows its edge at a subject, for lists. */
export function useFreshTouches(): (id: string) => Touch | null {
  const { touches } = useLive();
  const [now, setNow] = useState(() => Date.now());
  const fresh = useMemo(() => touches.filter(({ seenAt }) => seenAt + fadesAfter > now), [touches, now]);
  useEffect(() => {
    setNow(Date.now());
    if (touches.length === 0) return undefined;
    const timers = touches.map(({ seenAt }) => setTimeout(() => setNow(Date.now()), Math.max(0, seenAt + fadesAfter + 20 - Date.now())));
    return () => timers.forEach(clearTimeout);
  }, [touches]);
  return useMemo(() => {
    const byId = new Map(fresh.map((touch) => [touch.id, touch]));
    return (id: string) => byId.get(id) ?? null;
  }, [fresh]);
}
