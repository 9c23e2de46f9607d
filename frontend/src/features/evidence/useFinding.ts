import { useExhibitRows, exhibitKinds } from '@/features/evidence/queries';
import { parsePlace, type Place } from '@/features/evidence/locator';
import { useLocation } from 'react-router';
import { useFilter } from '@/ui/useFilter';
import { useSettled } from '@/ui/useSettled';

/** What the list is narrowed to, and the place within the exhibit on screen, all behind the `#` of the address. */
interface Found {
  readonly kind: string;
  readonly inCase: string;
  readonly text: string;
  /** A locator: "p.12 row 3". */
  readonly at: string;
  /** Not empty: original and translation stand side by side. */
  readonly both: string;
}
const none: Found = { kind: '', inCase: '', text: '', at: '', both: '' };

/** The filter of the list with its rows, and where the address points to. A place is taken from `?page=12` too. */
export function useFinding(space: string) {
  const [found, set] = useFilter(none);
  const { search, hash } = useLocation();
  const page = new URLSearchParams(search).get('page');
  const place: Place | null = parsePlace(found.at) ?? (page ? parsePlace(`p.${page}`) : null);
  const text = useSettled(found.text.trim(), 200);
  const kind = exhibitKinds.find((each) => each === found.kind) ?? null;
  const rows = useExhibitRows(space, { case: found.inCase || null, kinds: kind && [kind], text });
  const kept = new URLSearchParams(hash.slice(1));
  kept.delete('at');
  kept.delete('both');
  return {
    found, set, place, rows,
    filtered: Boolean(kind ?? (found.inCase || text)),
    clear: () => set({ kind: '', inCase: '', text: '' }),
    /** The filter as it goes with a link to another exhibit. */
    fragment: kept.size > 0 ? `#${kept.toString()}` : '',
  };
}

export type Finding = ReturnType<typeof useFinding>;
