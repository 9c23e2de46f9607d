import { describe, expect, it } from 'vitest';
import { isEmpty, reconcile, without, type ChartContent, type Question } from '@/graphview/model/reconcile';
import { aLink, anItem } from '@/graphview/model/testChart';
import type { ChartAnswer } from '@/graphview/model/types';

const a = anItem('a');
const b = anItem('b');
const ab = aLink('ab', 'a', 'b');
const held: ChartContent = { items: new Map([['a', a], ['b', b]]), links: new Map([['ab', ab]]), linksOf: () => ['ab'] };
const items = (...ids: string[]): Question => ({ type: 'items', ids: new Set(ids) });
const answer = (...parts: readonly [ChartAnswer['items'], ChartAnswer['links']]): ChartAnswer => ({ items: parts[0], links: parts[1] });

describe('reconcile', () => {
  it('finds nothing to change in the same answer', () => {
    expect(isEmpty(reconcile(held, { type: 'whole' }, answer([{ ...a, markings: [] }, { ...b }], [{ ...ab }])))).toBe(true);
  });

  it('finds what changed within a list', () => {
    const change = reconcile(held, { type: 'whole' }, answer([{ ...a, markings: ['covert'] }, b], [ab]));
    expect(change.changed.map(({ id }) => id)).toEqual(['a']);
  });

  it('takes off what a whole answer no longer holds, with its links', () => {
    const change = reconcile(held, { type: 'whole' }, answer([a], []));
    expect(change.removed).toEqual(['b']);
    expect(change.removedLinks).toEqual(['ab']);
  });

  it('takes off what was asked for and not answered, and leaves the rest', () => {
    const change = reconcile(held, items('b'), answer([], []));
    expect(change.removed).toEqual(['b']);
    expect(change.removedLinks).toEqual(['ab']);
  });

  it('takes off nothing when more is asked for', () => {
    const change = reconcile(held, { type: 'more' }, answer([anItem('c')], [aLink('ac', 'a', 'c')]));
    expect(change.removed).toEqual([]);
    expect(change.addedLinks.map(({ id }) => id)).toEqual(['ac']);
  });

  it('drops a link whose end the reader may no longer see', () => {
    const change = reconcile(held, items('b'), answer([], [ab]));
    expect(change.removedLinks).toEqual(['ab']);
  });

  it('puts what stands for a merged item in its place', () => {
    const change = reconcile(held, items('a'), answer([anItem('head', { merged: 2 })], [aLink('ab', 'head', 'b')]));
    expect([change.removed, change.added.map(({ id }) => id)]).toEqual([['a'], ['head']]);
    expect([change.removedLinks, change.addedLinks.map(({ source }) => source), change.changedLinks]).toEqual([['ab'], ['head'], []]);
  });

  it('names the items that stay and gain or lose a link', () => {
    const change = reconcile(held, items('a', 'c'), answer([a, anItem('c')], [aLink('ac', 'a', 'c')]));
    expect(new Set(change.relinked)).toEqual(new Set(['a', 'b', 'c']));
    expect(reconcile(held, items('b'), answer([], [])).relinked).toEqual(['a']);
  });

  it('removes a link of an item asked again when the answer lacks it', () => {
    const change = reconcile(held, items('a'), answer([a], []));
    expect(change.removedLinks).toEqual(['ab']);
    expect(change.removed).toEqual([]);
  });

  it('tells a changed item from one that stayed', () => {
    const change = reconcile(held, { type: 'whole' }, answer([anItem('a', { caption: 'Ana' }), b], [ab]));
    expect(change.changed.map(({ id }) => id)).toEqual(['a']);
  });

  it('takes gone items off by id', () => {
    expect(without(held, new Set(['a'])).removed).toEqual(['a']);
  });

  it('does not depend on the order of the answer', () => {
    const more: ChartAnswer = { items: [anItem('c'), anItem('d')], links: [aLink('cd', 'c', 'd')] };
    const one = reconcile(held, { type: 'more' }, more);
    const other = reconcile(held, { type: 'more' }, { ...more, items: more.items.toReversed() });
    expect(new Set(one.added)).toEqual(new Set(other.added));
  });
});
