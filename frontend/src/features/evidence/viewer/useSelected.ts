import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Span } from '@/features/evidence/locator';
import { selectedSpan, selectedText } from '@/features/evidence/viewer/selection';

/** Where something stands within what scrolls, in CSS px from its start. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}
export interface Selected {
  /** Rows or lines, where what is selected has any. */
  readonly span: Span | null;
  readonly text: string;
  /** Where it ends; null where nothing is selected, or it is still being drawn out. */
  readonly spot: Spot | null;
}
const nothing: Selected = { span: null, text: '', spot: null };
/** Room for what stands at the end of a selection. */
const room = 150;

function spotOf(holder: HTMLElement): Spot | null {
  const rects = document.getSelection()?.getRangeAt(0).getClientRects();
  const last = rects?.item(rects.length - 1);
  if (!last) return null;
  const { left, top } = holder.getBoundingClientRect();
  const x = Math.max(0, Math.min(last.right - left, holder.clientWidth - room));
  return { x: x + holder.scrollLeft, y: last.bottom - top + holder.scrollTop };
}

function look(holder: HTMLElement | null, drawing: boolean): Selected {
  const text = holder ? selectedText(holder, document.getSelection()) : '';
  if (!holder || !text) return nothing;
  return { span: selectedSpan(holder, document.getSelection()), text, spot: drawing ? null : spotOf(holder) };
}

/** What is selected within the pages. While `data-holds` is pressed, it stays as it is: what acts on a selection does not end it. */
export function useSelected(): { readonly holder: RefObject<HTMLDivElement | null>; readonly selected: Selected } {
  const holder = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState(nothing);
  useEffect(() => {
    let [drawing, held] = [false, false];
    const now = (): void => {
      if (!held) setSelected(look(holder.current, drawing));
    };
    const press = ({ target }: Event): void => {
      held = target instanceof Element && target.closest('[data-holds]') !== null;
      drawing = !held && target instanceof Node && (holder.current?.contains(target) ?? false);
    };
    const release = (): void => {
      if (drawing) setTimeout(now);
      drawing = false;
    };
    const end = (): void => {
      held = false;
    };
    const listened = [['selectionchange', now], ['pointerdown', press], ['pointerup', release], ['pointercancel', release], ['click', end]] as const;
    for (const [name, listener] of listened) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listened) document.removeEventListener(name, listener);
    };
  }, []);
  return { holder, selected };
}
