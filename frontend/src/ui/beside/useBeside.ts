import { useCallback, useMemo, useRef, type CSSProperties, type RefObject } from 'react';
import { useSearchParams } from 'react-router';
import { useKeptWidth } from '@/ui/useKeptWidth';

/** What stands beside a page: an exhibit at a locator, as the address says. */
export interface Shown {
  readonly exhibit: string;
  readonly at: string;
  /** The place it is drawn in, which takes the focus. */
  readonly holder: RefObject<HTMLElement | null>;
  /** Another place of it, or of an exhibit instead of it: takes the place of this one in what one goes back to. */
  readonly onPlace: (at: string, exhibit?: string) => void;
  readonly onClose: () => void;
}
export interface Beside {
  readonly shown: Shown | null;
  readonly open: (exhibit: string, at: string) => void;
  /** What it was opened from, and what the focus returns to; null where the address opened it. */
  readonly opener: RefObject<Element | null>;
  /** What the grid that holds it takes: the width that was chosen, where one was. */
  readonly style: CSSProperties | undefined;
  readonly onWidth: (width: number) => void;
}

/** The exhibit that is open beside the page. It lives in the address alone: reload, back and a link that is handed on open it again. */
export function useBeside(): Beside {
  const [search, setSearch] = useSearchParams();
  const [width, onWidth] = useKeptWidth('beside');
  const holder = useRef<HTMLElement>(null);
  const opener = useRef<Element>(null);
  const exhibit = search.get('exhibit');
  const at = search.get('at') ?? '';
  const set = useCallback((to: { readonly exhibit?: string; readonly at?: string }, replace = false): void => setSearch((now) => {
    const next = new URLSearchParams(now);
    for (const name of ['exhibit', 'at'] as const) {
      if (to[name]) next.set(name, to[name]);
      else next.delete(name);
    }
    return next;
  }, { replace }), [setSearch]);
  const open = useCallback((wanted: string, place: string): void => {
    opener.current = document.activeElement;
    holder.current?.focus({ preventScroll: true });
    set({ exhibit: wanted, at: place });
  }, [set]);
  const shown = useMemo(() => exhibit === null ? null
    : { exhibit, at, holder, onPlace: (place: string, instead = exhibit) => set({ exhibit: instead, at: place }, true), onClose: () => set({}) }, [exhibit, at, set]);
  const style = width === null ? undefined : ({ '--beside-width': `${width}px` } as CSSProperties);
  return { shown, open, opener, style, onWidth };
}
