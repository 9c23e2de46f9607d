import { useMemo } from 'react';
import { useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { ExhibitDocument } from '@/features/evidence/queries';
import { useReconciled } from '@/live/useReconciled';

/** An exhibit: the answer about it, and what of that still shows; nothing from the moment that a notice says it is gone. */
export function useExhibit(id: string) {
  const space = useSpace();
  const answer = useAsk(ExhibitDocument, { space: space.id, id }, { space: space.id });
  const items = useMemo(() => answer.data && [answer.data.exhibit], [answer.data]);
  const [shown] = useReconciled(space.id, items);
  return { answer, shown };
}
