import { useMemo, useState } from 'react';
import { useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { citedPlaces, type CitedPlace, type PageShown } from '@/features/evidence/cited/places';
import { CitedOnDocument, citingKinds } from '@/features/evidence/court/queries';
import type { Place } from '@/features/evidence/locator';
import { useRefreshOn } from '@/live/useRefreshOn';

/** What is cited on the page shown, and the place whose records are listed. */
export interface Cited {
  readonly places: readonly CitedPlace[];
  readonly open: CitedPlace | null;
  readonly onOpen: (of: CitedPlace | null) => void;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Asks which records cite the page shown, and again when one does. To list those of a place is to go there. */
export function useCited(exhibit: string, { page, first, by }: PageShown, onPlace: (place: Place) => void): Cited {
  const { id } = useSpace();
  const [key, setKey] = useState<string | null>(null);
  const answer = useAsk(CitedOnDocument, { space: id, exhibit, page }, { space: id });
  useRefreshOn(id, ['ExhibitCitedOn'], ({ kind }) => citingKinds.has(kind));
  const places = useMemo(() => citedPlaces(answer.data?.citations ?? [], { page, first, by }), [answer.data, page, first, by]);
  const onOpen = (of: CitedPlace | null): void => {
    setKey(of?.key ?? null);
    if (of) onPlace(of.place);
  };
  return { places, open: places.find((each) => each.key === key) ?? null, onOpen, error: answer.error, retry: () => void answer.refetch() };
}
