import { useEffect, useRef } from 'react';
import { useLive } from '@/live/hooks';
import type { Touch } from '@/live/LiveContext';
import { firstName } from '@/text/format';
import { t } from '@/text/text';

/** One sentence for changes that came in together: who changed what, or how many items. */
export function toldText(touches: readonly Touch[]): string | null {
  const [last] = touches;
  if (!last) return null;
  const same = touches.filter(({ person }) => person === last.person).length;
  return same > 5
    ? t('network.said.many', { name: firstName(last.name), n: same })
    : t('network.said.changed', { name: firstName(last.name), what: last.caption });
}

/** Tells the live region what others changed. */
export function useTold(space: string, tell: (text: string) => void): void {
  const { touches } = useLive();
  const newest = useRef(0);
  useEffect(() => {
    newest.current = 0;
  }, [space]);
  useEffect(() => {
    const news = touches.filter(({ seenAt }) => seenAt > newest.current);
    newest.current = Math.max(newest.current, ...touches.map(({ seenAt }) => seenAt));
    const text = toldText(news);
    if (text) tell(text);
  }, [touches, tell]);
}
