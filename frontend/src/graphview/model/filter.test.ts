import { describe, expect, it } from 'vitest';
import { derive, legendCounts } from '@/graphview/model/derive';
import { isolateRow, NO_FILTER, rowIsFiltered, toggleRow, type LegendRow } from '@/graphview/model/filter';
import { gradeAtLeast } from '@/graphview/model/grades';
import { aLink, anItem, aStore } from '@/graphview/model/testChart';
import { EMPTY_VIEW } from '@/graphview/model/view';

const persons: LegendRow = { type: 'group', value: 'person' };
const money: LegendRow = { type: 'class', value: 'money' };

describe('the legend as filter', () => {
  it('takes a row away and brings it back', () => {
    const off = toggleRow(NO_FILTER, persons);
    expect(rowIsFiltered(off, persons)).toBe(true);
    expect(rowIsFiltered(toggleRow(off, persons), persons)).toBe(false);
  });

  it('leaves only one row of its section, and all at the second time', () => {
    const alone = isolateRow(NO_FILTER, money);
    expect(alone.classes.has('money')).toBe(false);
    expect(alone.classes.size).toBe(5);
    expect(isolateRow(alone, money).classes.size).toBe(0);
  });

  it('leaves out the links of filtered items', () => {
    const store = aStore([anItem('a'), anItem('b', { kind: 'Company' })], [aLink('ab', 'a', 'b')]);
    store.update({ filter: toggleRow(NO_FILTER, persons) });
    const { drawn } = store.snapshot();
    expect([...drawn.items]).toEqual(['b']);
    expect(drawn.links.size).toBe(0);
  });

  it('counts what is on the chart, filtered or not', () => {
    const store = aStore([anItem('a'), anItem('b')], [aLink('ab', 'a', 'b', { strength: 'TENTATIVE' })]);
    store.update({ filter: toggleRow(NO_FILTER, persons) });
    const counts = legendCounts(store.graph, store.groupOf);
    expect(counts.groups.get('person')).toBe(2);
    expect(counts.supports.get('TENTATIVE')).toBe(1);
  });

  it('keeps what does not stand in rows of its own', () => {
    const store = aStore([anItem('a'), anItem('b'), anItem('c', { standing: 'EXCLUDED' })], [aLink('ab', 'a', 'b', { standing: 'EXCLUDED' })]);
    const excluded: LegendRow = { type: 'support', value: 'EXCLUDED' };
    expect(legendCounts(store.graph, store.groupOf).supports).toEqual(new Map(Object.entries({ CONFIRMED: 0, TENTATIVE: 0, UNCONFIRMED: 0, EXCLUDED: 1, RESERVED: 0, RETRACTED: 0 })));
    store.update({ filter: toggleRow(NO_FILTER, excluded) });
    expect([...store.snapshot().drawn.items]).toEqual(['a', 'b']);
    expect(store.snapshot().drawn.links.size).toBe(0);
  });

  it('leaves out hidden items and links', () => {
    const store = aStore([anItem('a'), anItem('b')], [aLink('ab', 'a', 'b')]);
    const drawn = derive(store.graph, { ...EMPTY_VIEW, hidden: new Set(['ab']) }, store.groupOf);
    expect([...drawn.items]).toEqual(['a', 'b']);
    expect(drawn.links.size).toBe(0);
  });
});

describe('gradeAtLeast', () => {
  it.each([['A1', 'B2', true], ['B2', 'B2', true], ['A3', 'B2', false], ['C1', 'B2', false], ['F1', 'C3', false], [null, 'C3', false]])(
    '%s against %s is %s', (grade, least, passes) => expect(gradeAtLeast(grade, least)).toBe(passes),
  );
});
