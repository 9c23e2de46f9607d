import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** Keeps the focus on a task that moves to another column, by whomever; whoever left it by themselves is left in peace. */
export function useKeptFocus(board: RefObject<HTMLElement | null>): void {
  const on = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (on.current === null || (document.activeElement && document.activeElement !== document.body)) return;
    board.current?.querySelector<HTMLElement>(`[data-task="${on.current}"] a`)?.focus({ preventScroll: true });
  });
  useEffect(() => {
    const inside = ({ target }: FocusEvent): void => {
      on.current = target instanceof Element ? (target.closest('[data-task]')?.getAttribute('data-task') ?? null) : null;
    };
    // An element that is taken away loses the focus as well, before or while it goes; it has not been left.
    const outside = ({ target }: FocusEvent): void => queueMicrotask(() => {
      if (target instanceof Element && target.isConnected) on.current = null;
    });
    const element = board.current;
    element?.addEventListener('focusin', inside);
    element?.addEventListener('focusout', outside);
    return () => {
      element?.removeEventListener('focusin', inside);
      element?.removeEventListener('focusout', outside);
    };
  }, [board]);
}
