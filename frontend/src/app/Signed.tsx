import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { Navigate, Route, Routes, useMatch } from 'react-router';
import { refresh } from '@/api/cache';
import { useMe } from '@/api/session';
import type { SpaceInfo } from '@/api/SpaceContext';
import { EndedPage, type EndedMembership } from '@/app/EndedPage';
import { PlainFrame } from '@/app/PlainFrame';
import { SpaceFrame } from '@/app/SpaceFrame';
import { SpacesPage } from '@/features/teams/SpacesPage';
import { LiveProvider } from '@/live/LiveProvider';
import { PageProvider } from '@/ui/Page';
import { NotFound } from '@/ui/States';

/** What the page of an ended membership still says: the space's name and whom to ask. */
function epitaph(id: string, space: SpaceInfo | null): EndedMembership {
  const lead = space?.members.find(({ role, state }) => role === 'LEAD' && state === 'ACTIVE')?.person;
  return {
    id, space: space?.name ?? '', at: new Date().toISOString(),
    lead: lead ? { name: lead.name, country: lead.agency.country } : null,
  };
}

/** Everything a signed-in person can open. */
export function Signed({ demo }: { readonly demo: boolean }): ReactNode {
  const me = useMe();
  const space = useMatch('/s/:space/*')?.params.space ?? null;
  const known = useRef<SpaceInfo | null>(null);
  const [ended, setEnded] = useState<EndedMembership | null>(null);
  const onEnded = useCallback((id: string) => {
    const last = known.current;
    known.current = null;
    setEnded(epitaph(id, last?.id === id ? last : null));
    void refresh('own');
  }, []);
  const onKnown = useCallback((info: SpaceInfo) => {
    known.current = info;
  }, []);
  const over = ended !== null && ended.id === space;
  const pages = useMemo(() => (
    <Routes>
      <Route path="/" element={<PlainFrame demo={demo}><SpacesPage /></PlainFrame>} />
      <Route path="/s/:space/*" element={<SpaceFrame demo={demo} onKnown={onKnown} />} />
      <Route path="/spaces" element={<Navigate to="/" replace />} />
      <Route path="*" element={<PlainFrame demo={demo}><NotFound /></PlainFrame>} />
    </Routes>
  ), [demo, onKnown]);
  return (
    <LiveProvider me={me.id} space={over ? null : space} onEnded={onEnded}>
      <PageProvider>{over ? <EndedPage membership={ended} onLeave={() => setEnded(null)} /> : pages}</PageProvider>
    </LiveProvider>
  );
}
