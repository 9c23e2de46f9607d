import type { Citation } from '@/features/evidence/court/queries';
import { formatPlace, pageOf, parsePlace, spanOn, within, type Place, type Span } from '@/features/evidence/locator';
import { isFallen } from '@/ui/facts/standing';

/** A place on the page shown, and the records that cite it, of those that the reader sees. */
export interface CitedPlace {
  readonly key: string;
  readonly place: Place;
  /** Its rows or lines as they are numbered on the page; none where the whole page is cited, or a time. */
  readonly span: Span | undefined;
  readonly records: readonly Citation[];
}
export interface PageShown {
  readonly page: number;
  /** The number of its first row or line. */
  readonly first: number;
  /** What is counted on it; null on a page that is a picture. */
  readonly by: 'row' | 'line' | 'time' | null;
}

function whereOn({ page, first, by }: PageShown, locator: string): Omit<CitedPlace, 'key' | 'records'> | null {
  const place = parsePlace(locator);
  if (!place || pageOf(place) !== page) return null;
  if (by === 'time') return place.time === undefined ? null : { place: { time: place.time }, span: undefined };
  const span = by ? spanOn(page, first, place, by) : undefined;
  return { place: span ? place : { page }, span };
}

const start = ({ place, span }: CitedPlace): number => span?.from ?? place.time ?? 0;

/** The places on a page that records cite, from its top: the page as a whole, then rows, lines or times. */
export function citedPlaces(citations: readonly Citation[], shown: PageShown): readonly CitedPlace[] {
  const found = new Map<string, CitedPlace>();
  for (const each of citations) {
    const where = whereOn(shown, each.locator);
    if (!where) continue;
    const key = where.span ? `${shown.page} ${where.span.from}-${where.span.to}` : formatPlace(where.place);
    found.set(key, { ...where, key, records: [...(found.get(key)?.records ?? []), each] });
  }
  return [...found.values()].toSorted((a, b) => start(a) - start(b) || (a.span?.to ?? 0) - (b.span?.to ?? 0));
}

/** Those of the records that stand, and the countries they are of. */
export function standingAt({ records }: CitedPlace): { readonly count: number; readonly countries: readonly string[] } {
  const standing = records.filter(({ status }) => !isFallen(status));
  return { count: standing.length, countries: [...new Set((standing.length > 0 ? standing : records).map(({ authority }) => authority.country))].toSorted() };
}

/** Whether a row or line rests under a record that stands. */
export const isCited = (places: readonly CitedPlace[], n: number): boolean => places.some((each) => within(each.span, n) && standingAt(each).count > 0);
