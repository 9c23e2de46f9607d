import { describe, expect, it } from 'vitest';
import { aLink } from '@/graphview/model/testChart';
import { matches } from '@/features/network/FindBox';
import { linkWords } from '@/features/network/linkWords';
import { pathText } from '@/features/network/pathText';
import { toldText } from '@/features/network/useTold';
import { anItem } from '@/graphview/model/testChart';

const flow = (id: string, amount: string, currency = 'EUR') => aLink(id, 'a', 'b', { linkClass: 'money', kind: 'Payment', label: 'paid', amount, currency });

describe('pathText', () => {
  it.each([
    ['FOUND', 1, 30, 2, '2 paths'],
    ['FOUND', 1, 30, 1, '1 path'],
    ['NONE', 6, 400, 0, 'No path within these limits.'],
    ['TRUNCATED', 5, 20_000, 0, 'Stopped at 5 hops, 20,000 items. There may be more.'],
    ['TRUNCATED', 1, 20_000, 0, 'Stopped at 1 hop, 20,000 items. There may be more.'],
  ] as const)('%s after %s hops', (outcome, hops, itemsSeen, found, text) => {
    expect(pathText({ outcome, hops, itemsSeen, paths: Array.from({ length: found }) }, null)).toBe(text);
  });
  it('says of a court’s view that only what stands there is walked', () => {
    expect(pathText({ outcome: 'NONE', hops: 6, itemsSeen: 400, paths: [] }, 'IT')).toBe('No path within these limits over what stands in the courts of Italy.');
  });
});

describe('linkWords', () => {
  it('writes the exact amount of a flow', () => {
    expect(linkWords([flow('x', '165000000')])).toBe('1,650,000 EUR');
    expect(linkWords([flow('x', '165000050')])).toBe('1,650,000.50 EUR');
  });

  it('writes equal flows as a product, others as a sum', () => {
    expect(linkWords([flow('x', '1000'), flow('y', '1000')])).toBe('2 × 10 EUR');
    expect(linkWords([flow('x', '1000'), flow('y', '2050')])).toBe('2 flows, 30.50 EUR in all');
  });

  it('adds no different currencies', () => {
    expect(linkWords([flow('x', '1000'), flow('y', '1000', 'USD')])).toBe('2 flows');
  });

  it('counts calls, and names a single link', () => {
    const calls = ['1', '2', '3', '4'].map((id) => aLink(id, 'a', 'b', { linkClass: 'communication', kind: 'Call' }));
    expect(linkWords(calls)).toBe('4 calls');
    expect(linkWords([aLink('x', 'a', 'b')])).toBe('knows');
  });
});

describe('find in the chart', () => {
  it('finds names without their marks and case', () => {
    expect(matches([anItem('1', { caption: 'Jurgita Melnytė' }), anItem('2', { caption: 'Davor Kršnik' })], 'MELNYTE')).toEqual(['1']);
  });

  it('finds nothing for nothing typed', () => {
    expect(matches([anItem('1')], '  ')).toEqual([]);
  });
});

describe('toldText', () => {
  const touch = (id: string, person = 'p') => ({ id, person, name: 'Eglė Tamulytė', country: 'LT', caption: 'Orle', at: '2026-11-23T10:00:00Z', metAt: null, seenAt: 1 });

  it('says who changed what', () => {
    expect(toldText([touch('a')])).toBe('Eglė changed Orle');
  });

  it('counts when there are more than five', () => {
    expect(toldText(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => touch(id)))).toBe('Eglė changed 6 items');
  });
});
