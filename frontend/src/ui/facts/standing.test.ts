import { describe, expect, it } from 'vitest';
import { record } from '@/ui/facts/record.testing';
import { byStrength, recordCount, standingOf, standingValues, strictest } from '@/ui/facts/standing';

describe('standingOf', () => {
  it('agrees from two standing records on', () => {
    expect(standingOf([record('1'), record('2')])).toMatchObject({ standing: 'AGREE', count: 2 });
  });

  it('does not count a retracted record', () => {
    expect(standingOf([record('1'), record('2', { status: 'RETRACTED' })])).toMatchObject({ standing: 'ONE_SOURCE', count: 1 });
  });

  it('is retracted or excluded when nothing stands', () => {
    const standing = (status: 'RETRACTED' | 'EXCLUDED' | 'RESERVED'): string => standingOf([record('1', { status })]).standing;
    expect([standing('RETRACTED'), standing('EXCLUDED'), standing('RESERVED')]).toEqual(['RETRACTED', 'EXCLUDED', 'RESERVED']);
  });

  it.each([['B3', false], ['C3', true], [null, true]])('one source graded %s: weak %s', (grade, weak) => {
    expect(standingOf([record('1', { grade })]).weak).toBe(weak);
  });
});

it('puts the strongest first, ungraded after graded, what no longer stands last', () => {
  const order = byStrength([record('gone', { grade: 'A1', status: 'RETRACTED' }), record('none', { grade: null }), record('weak', { grade: 'C3' }), record('best', { grade: 'A2' })]);
  expect(order.map(({ id }) => id)).toEqual(['best', 'weak', 'none', 'gone']);
});

it('counts a record once and values only while they stand', () => {
  const same = record('1');
  const fact = { property: 'p', label: 'P', standing: 'CONFLICT' as const, values: [
    { value: 'x', records: [same] }, { value: 'y', records: [same] }, { value: 'z', records: [record('2', { status: 'RETRACTED' })] }] };
  expect([recordCount(fact), standingValues(fact).length]).toEqual([1, 2]);
});

it('finds the strictest handling', () => {
  expect([strictest(['H0', 'H2', 'H1']), strictest([])]).toEqual(['H2', null]);
});
