import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
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
  useLayoutEffect(() => {
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

/** A change whose line still shows; `fresh` while its edge does. */
export interface Shown extends Touch {
  readonly fresh: boolean;
}

const edgeEnds = ({ seenAt }: Touch): number => seenAt + fadesAfter;
const lineEnds = ({ metAt }: Touch): number => (metAt === null ? Infinity : metAt + fadesAfter);

/** Looks up the newest change of another person to a subject, until it was seen. */
export function useTouches(): (id: string) => Shown | null {
  const { touches } = useLive();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const ends = touches.flatMap((touch) => [edgeEnds(touch), lineEnds(touch)]).filter((end) => end !== Infinity && end > Date.now());
    const timers = ends.map((end) => setTimeout(() => setNow(Date.now()), end + 20 - Date.now()));
    return () => timers.forEach(clearTimeout);
  }, [touches]);
  return useMemo(() => {
    const shown = touches.filter((touch) => Math.max(edgeEnds(touch), lineEnds(touch)) > now);
    const byId = new Map(shown.map((touch) => [touch.id, { ...touch, fresh: edgeEnds(touch) > now }]));
    return (id: string) => byId.get(id) ?? null;
  }, [touches, now]);
}

/** The same for one subject. */
export function useTouch(id: string): Shown | null {
  return useTouches()(id);
}
