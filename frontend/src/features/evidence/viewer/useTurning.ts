import { useEffect, useRef } from 'react';
import { direction } from '@/text/language';

const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 };
/** What has a use of its own for these keys. */
const elsewhere = 'input, select, textarea, audio, video, dialog, [role="tablist"], [role="menu"], [role="separator"], [contenteditable]';

/** Turns pages by the arrow keys, towards the side to which one reads, and by Page up and Page down. */
export function useTurning(turn: (by: number) => void): void {
  const latest = useRef(turn);
  useEffect(() => {
    latest.current = turn;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const by = steps[event.key];
      if (by === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      if ((event.target instanceof Element && event.target.closest(elsewhere)) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current(event.key.startsWith('Arrow') && direction() === 'rtl' ? -by : by);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
