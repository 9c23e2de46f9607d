import { useCallback, useRef, useState, type ReactNode } from 'react';
import { Navigate, Route, Routes, useMatch } from 'react-router';
import { refresh } from '@/api/cache';
import { useMe } from '@/api/session';
import type { SpaceInfo } from '@/api/SpaceContext';
import { AdministrationPage } from '@/app/AdministrationPage';
import { EndedPage, type EndedMembership } from '@/app/EndedPage';
import { PlainFrame } from '@/app/PlainFrame';
import { SpaceFrame } from '@/app/SpaceFrame';
import { StrongDialog } from '@/features/auth/StrongDialog';
import { SpacesPage } from '@/features/teams/SpacesPage';
import { LiveProvider } from '@/live/LiveProvider';
import { PageProvider } from '@/ui/Page';
import { NotFound } from '@/ui/States';

/** What the page of an ended membership still says: the space's name and whom to ask. */
function epitaph(space: SpaceInfo): EndedMembership {
  const lead = space.members.find(({ role, state }) => role === 'LEAD' && state === 'ACTIVE')?.person;
  return { space: space.name, at: new Date().toISOString(), lead: lead ? { name: lead.name, country: lead.agency.country } : null };
}

/** A space that the server closed. Without a membership on record here, its reader never saw it: to them it does not exist. */
interface Closed {
  readonly id: string;
  readonly membership: EndedMembership | null;
}

/** Everything a signed-in person can open. */
export function Signed({ demo }: { readonly demo: boolean }): ReactNode {
  const me = useMe();
  const space = useMatch('/s/:space/*')?.params.space ?? null;
  const known = useRef<SpaceInfo | null>(null);
  const [closed, setClosed] = useState<Closed | null>(null);
  const onEnded = useCallback((id: string) => {
    const last = known.current;
    known.current = null;
    setClosed({ id, membership: last?.id === id ? epitaph(last) : null });
    void refresh('own');
  }, []);
  const onKnown = useCallback((info: SpaceInfo) => {
    known.current = info;
  }, []);
  if (closed && closed.id !== space) setClosed(null);
  const over = closed?.id === space ? closed : null;
  const pages = (
    <Routes>
      <Route path="/" element={<PlainFrame demo={demo}><SpacesPage /></PlainFrame>} />
      <Route path="/s/:space/*" element={<SpaceFrame demo={demo} onKnown={onKnown} />} />
      <Route path="/administration/:section?" element={<PlainFrame demo={demo}><AdministrationPage /></PlainFrame>} />
      <Route path="/spaces" element={<Navigate to="/" replace />} />
      <Route path="*" element={<PlainFrame demo={demo}><NotFound /></PlainFrame>} />
    </Routes>
  );
  return (
    <LiveProvider me={me.id} space={over ? null : space} onEnded={onEnded}>
      <PageProvider>
        {over?.membership && <EndedPage membership={over.membership} />}
        {over && !over.membership && <PlainFrame demo={demo}><NotFound /></PlainFrame>}
        {!over && pages}
        <StrongDialog />
      </PageProvider>
    </LiveProvider>
  );
}
