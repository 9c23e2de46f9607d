import { useEffect, type RefObject } from 'react';
import { direction } from '@/text/language';
import { useLatest } from '@/ui/useLatest';

const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 };
/** What has a use of its own for these keys. */
const elsewhere = 'input, select, textarea, audio, video, dialog, [role="tablist"], [role="menu"], [role="separator"], [contenteditable]';

/** Turns pages by the arrow keys, towards the side to which one reads, and by Page up and Page down: wherever the focus is, or within an element. */
export function useTurning(turn: (by: number) => void, within?: RefObject<HTMLElement | null>): void {
  const latest = useLatest(turn);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const by = steps[event.key];
      if (by === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      if (within && !(event.target instanceof Node && within.current?.contains(event.target))) return;
      if ((event.target instanceof Element && event.target.closest(elsewhere)) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current(event.key.startsWith('Arrow') && direction() === 'rtl' ? -by : by);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [latest, within]);
}
