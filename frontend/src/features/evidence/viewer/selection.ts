import type { Span } from '@/features/evidence/locator';

function numberOf(node: Node): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const n = element?.closest<HTMLElement>('[data-n]')?.dataset['n'];
  return n === undefined ? null : Number(n);
}

/** The rows or lines that a selection within `holder` covers: those that carry their number as `data-n`. */
export function selectedSpan(holder: HTMLElement, selection: Selection | null): Span | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!holder.contains(range.startContainer) || !holder.contains(range.endContainer)) return null;
  const [start, end] = [numberOf(range.startContainer), numberOf(range.endContainer)];
  if (start === null) return null;
  // What ends before the first letter of a line does not take that line.
  const last = end === null ? start : range.endOffset === 0 && end > start ? end - 1 : end;
  return { from: Math.min(start, last), to: Math.max(start, last) };
}

/** The text that is selected within `holder`, on one line; empty where nothing is. */
export function selectedText(holder: HTMLElement, selection: Selection | null): string {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return '';
  const { startContainer, endContainer } = selection.getRangeAt(0);
  return holder.contains(startContainer) && holder.contains(endContainer) ? selection.toString().replaceAll(/\s+/gu, ' ').trim() : '';
}
