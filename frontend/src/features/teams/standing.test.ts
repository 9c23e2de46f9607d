import { describe, expect, it } from 'vitest';
import { endsSoon, hasRunOut, isWithin, roleLine } from '@/features/teams/standing';

const now = Date.parse('2026-11-26T10:00:00Z');
const place = (rest: object = {}) => ({ role: 'ANALYST', state: 'ACTIVE', validFrom: '2026-01-01T00:00:00Z', validTo: null, ...rest }) as const;

describe('roleLine', () => {
  it.each([
    [{}, 'analyst', false],
    [{ validTo: '2026-11-29T23:59:59Z' }, 'analyst, ends in 3 days, 29 Nov 2026', true],
    [{ validTo: '2026-11-27T12:00:00Z' }, 'analyst, ends in 1 day, 27 Nov 2026', true],
    [{ validTo: '2026-11-26T23:59:59Z' }, 'analyst, ends today, 26 Nov 2026', true],
    [{ validTo: '2027-01-29T23:59:59Z' }, 'analyst', false],
    [{ validTo: '2026-11-20T23:59:59Z' }, 'analyst, ran out on 20 Nov 2026', true],
    [{ validFrom: '2026-12-01T00:00:00Z' }, 'analyst, from 1 Dec 2026', false],
    [{ state: 'INVITED' }, 'analyst, invited', false],
    [{ state: 'INVITED', validFrom: '2026-12-01T00:00:00Z' }, 'analyst, invited, from 1 Dec 2026', false],
    [{ state: 'INVITED', validTo: '2026-11-20T23:59:59Z' }, 'analyst, invitation ran out on 20 Nov 2026', true],
  ])('says of %o "%s"', (rest, text, late) => {
    expect(roleLine(place(rest) as Parameters<typeof roleLine>[0], now)).toEqual({ text, late });
  });
});

describe('standing', () => {
  it('counts as within who has begun and not run out', () => {
    expect(isWithin(place(), now)).toBe(true);
    expect(isWithin({ ...place(), validFrom: '2026-12-01T00:00:00Z' }, now)).toBe(false);
    expect(isWithin({ ...place(), validTo: '2026-11-20T00:00:00Z' }, now)).toBe(false);
    expect(hasRunOut({ validTo: null }, now)).toBe(false);
  });

  it('says nothing of an end that is far off', () => {
    expect(endsSoon('2027-11-20T00:00:00Z', now)).toBeNull();
  });
});
