import { describe, expect, it } from 'vitest';
import { citedPlaces, isCited, standingAt } from '@/features/evidence/cited/places';
import type { Citation } from '@/features/evidence/court/queries';

let made = 0;
function cites(locator: string, country = 'IT', status: Citation['status'] = 'ASSERTED'): Citation {
  made += 1;
  return {
    record: `r${made}`, locator, grade: null, status, authority: { id: country, country },
    subject: { id: 'x', kind: 'Person', caption: 'Marta', link: false, ends: [] },
  };
}
const rows = { page: 3, first: 201, by: 'row' } as const;

describe('the places that are cited on a page', () => {
  it('are one for each span, from the top, however their rows are counted', () => {
    const found = citedPlaces(['row 218', 'p.3 row 2', 'row 218', 'p.3 row 18', 'p.3', 'row 218-220'].map((each) => cites(each)), rows);
    expect(found.map(({ span, records }) => [span?.from ?? null, span?.to ?? null, records.length]))
      .toEqual([[null, null, 1], [202, 202, 1], [218, 218, 3], [218, 220, 1]]);
  });

  it('leave out other pages and what is no place', () => {
    expect(citedPlaces(['row 118', 'p.2', '', 'the whole of it'].map((each) => cites(each)), rows)).toEqual([]);
  });

  it('are the page as a whole, where a page is a picture', () => {
    const found = citedPlaces(['p.3', 'p.3 row 7', 'p.3 §4'].map((each) => cites(each)), { page: 3, first: 1, by: null });
    expect(found.map(({ place, records }) => [place, records.length])).toEqual([[{ page: 3 }, 3]]);
  });

  it('are times, in a recording', () => {
    const found = citedPlaces(['01:12', '00:30', '1:12', 'p.1'].map((each) => cites(each)), { page: 1, first: 1, by: 'time' });
    expect(found.map(({ place, records }) => [place.time, records.length])).toEqual([[30, 1], [72, 2]]);
  });

  it('count what stands, and tint nothing where nothing does', () => {
    const [one, other] = citedPlaces([cites('row 205', 'NL'), cites('row 205', 'IT'), cites('row 205', 'LT', 'EXCLUDED'), cites('row 207', 'LT', 'RETRACTED')], rows);
    expect([one && standingAt(one), other && standingAt(other)]).toEqual([{ count: 2, countries: ['IT', 'NL'] }, { count: 0, countries: ['LT'] }]);
    expect([205, 206, 207].map((n) => isCited([one, other].flatMap((each) => each ?? []), n))).toEqual([true, false, false]);
  });
});
