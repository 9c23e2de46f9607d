import { beforeEach, expect, it } from 'vitest';
import { selectedSpan, selectedText } from '@/features/evidence/viewer/selection';

let holder: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = '<div id="holder"><p data-n="3">three</p><p data-n="4">four</p><p data-n="5">five</p><i>end</i></div><p data-n="9">outside</p>';
  holder = document.querySelector('#holder') ?? document.body;
});

function select(from: string, start: number, to: string, end: number): Selection | null {
  const text = (of: string): Node => document.querySelector(of)?.firstChild ?? document.body;
  getSelection()?.setBaseAndExtent(text(from), start, text(to), end);
  return getSelection();
}

it('covers the lines from the first letter to the last', () => {
  expect(selectedSpan(holder, select('[data-n="3"]', 1, '[data-n="5"]', 2))).toEqual({ from: 3, to: 5 });
  expect(selectedSpan(holder, select('[data-n="4"]', 0, '[data-n="4"]', 2))).toEqual({ from: 4, to: 4 });
});

it('leaves out a line of which nothing is selected', () => {
  expect(selectedSpan(holder, select('[data-n="3"]', 0, '[data-n="5"]', 0))).toEqual({ from: 3, to: 4 });
});

it('is nothing where nothing within the holder is selected', () => {
  expect(selectedSpan(holder, select('[data-n="3"]', 1, '[data-n="3"]', 1))).toBeNull();
  expect(selectedSpan(holder, select('[data-n="3"]', 1, '[data-n="9"]', 1))).toBeNull();
  expect(selectedSpan(holder, null)).toBeNull();
});

it('reads what is selected within the holder as one line', () => {
  holder.innerHTML = '<p data-n="3">three\n  and more</p>';
  expect(selectedText(holder, select('[data-n="3"]', 0, '[data-n="3"]', 16))).toBe('three and more');
  expect(selectedText(holder, null)).toBe('');
});

it('is no text where the selection leaves the holder', () => {
  expect(selectedText(holder, select('[data-n="3"]', 1, '[data-n="9"]', 1))).toBe('');
});
