import { describe, expect, it } from 'vitest';
import { formatAge, formatAmount, formatBytes, formatPartialDate, initials, shortName } from '@/text/format';
import { en } from '@/text/en/catalogue';
import { t } from '@/text/text';

describe('t', () => {
  it('fills in words and writes numbers by locale', () => {
    expect(t('imports.cancelled', { n: 12406 })).toBe('Cancelled. The 12,406 rows that are in stay in; continuing goes on behind them.');
  });

  it('chooses between one and other', () => {
    expect([t('cases.entities', { count: 1 }), t('cases.entities', { count: 2 })]).toEqual(['1 entity', '2 entities']);
  });
});

it('isolates a value that runs from right to left', () => {
  expect(t('network.expanded', { name: 'إليان', count: 3 })).toBe('\u2068إليان\u2069: 3 items added');
});

describe('the catalogue', () => {
  const texts = Object.values(en).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));

  it('keeps to the handbook’s words', () => {
    expect(texts.filter((text) => /\b(please|oops|successfully)\b|!/i.test(text))).toEqual([]);
  });
});

describe('formats', () => {
  it.each([['1979', '1979'], ['1979-04', 'Apr 1979'], ['1979-04-12', '12 Apr 1979'], ['about 1979', 'about 1979']])('date %s reads %s', (value, read) => {
    expect(formatPartialDate(value)).toBe(read);
  });

  it.each([['165000000', 'EUR', '1,650,000.00 EUR'], ['5', 'EUR', '0.05 EUR'], ['-1200', 'JPY', '−1,200 JPY'], ['900719925474099312', 'EUR', '9,007,199,254,740,993.12 EUR']])(
    'amount %s %s is written exactly', (minor, currency, written) => expect(formatAmount(minor, currency)).toBe(written));

  it.each([[40, '40 s'], [125, '2 min'], [18_000, '5 h'], [260_000, '3 d']])('%i seconds ago is %s', (seconds, age) => {
    expect(formatAge('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:00:00Z') + seconds * 1000)).toBe(age);
  });

  it('shortens names and sizes', () => {
    expect([shortName('Eglė Tamulytė'), initials('Eglė Tamulytė'), formatBytes(238_800)]).toEqual(['E. Tamulytė', 'ET', '238.8 kB']);
  });
});
