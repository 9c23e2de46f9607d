import { lazy, Suspense, useCallback, useEffect, useState, type ReactNode } from 'react';
import { Navigate, Route, Routes, useParams } from 'react-router';
import { refresh } from '@/api/cache';
import { SpaceContext, spaceOperations, useSpaceAnswer, type SpaceInfo } from '@/api/SpaceContext';
import { BottomBar } from '@/app/BottomBar';
import { PlainFrame } from '@/app/PlainFrame';
import { Rail } from '@/app/Rail';
import { SearchPalette } from '@/app/search/SearchPalette';
import { StatusBar } from '@/app/StatusBar';
import { Strips } from '@/app/Strips';
import { TopBar } from '@/app/TopBar';
import { CasePage } from '@/features/cases/CasePage';
import { CasesPage } from '@/features/cases/CasesPage';
import { EntitiesPage } from '@/features/entities/EntitiesPage';
import { EntityPage } from '@/features/entities/EntityPage';
import { ImportPage } from '@/features/entities/imports/ImportPage';
import { ImportsPage } from '@/features/entities/imports/ImportsPage';
import { EvidencePage } from '@/features/evidence/EvidencePage';
import { ExhibitBeside } from '@/features/evidence/ExhibitBeside';
import { SearchPage } from '@/features/entities/search/SearchPage';
import { TaskPage } from '@/features/tasks/TaskPage';
import { TasksPage } from '@/features/tasks/TasksPage';
import { SpaceHomePage } from '@/features/teams/SpaceHomePage';
import { useNotices } from '@/live/hooks';
import { t } from '@/text/text';
import type { Shown } from '@/ui/beside/useBeside';
import { Answer, NotFound, Skeleton } from '@/ui/States';
import { NewTaskDialog } from '@/ui/tasks/NewTaskDialog';
import type { Thing } from '@/ui/tasks/things';
import { useNarrow } from '@/ui/useNarrow';
import styles from '@/app/frame.module.css';

const NetworkPage = lazy(() => import('@/features/network/NetworkPage'));
const spaceKinds: ReadonlySet<string> = new Set(['member', 'agreement', 'marking', 'case']);

const beside = (shown: Shown): ReactNode => <ExhibitBeside {...shown} />;

interface Properties {
  readonly demo: boolean;
  /** Told once the space is known, for what an ended membership still says. */
  readonly onKnown: (space: SpaceInfo) => void;
}

function Pages({ space }: { readonly space: SpaceInfo }): ReactNode {
  return (
    <Routes>
      <Route index element={<SpaceHomePage />} />
      <Route path="network" element={<Suspense fallback={<Skeleton />}><NetworkPage key={space.id} space={space.id} beside={beside} /></Suspense>} />
      <Route path="entities" element={<EntitiesPage />} />
      <Route path="entities/:id" element={<EntityPage beside={beside} />} />
      <Route path="evidence/:id?" element={<EvidencePage />} />
      <Route path="search" element={<SearchPage />} />
      <Route path="cases" element={<CasesPage />} />
      <Route path="cases/:id" element={<CasePage />} />
      <Route path="tasks" element={<TasksPage />} />
      <Route path="tasks/:id" element={<TaskPage />} />
      <Route path="import" element={<ImportsPage />} />
      <Route path="import/new" element={<Navigate to="../import" replace />} />
      <Route path="import/:id" element={<ImportPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

function Framed({ space, demo }: { readonly space: SpaceInfo; readonly demo: boolean }): ReactNode {
  const narrow = useNarrow();
  const [searching, setSearching] = useState(false);
  const [taskAbout, setTaskAbout] = useState<Thing | null>(null);
  const search = useCallback(() => setSearching(true), []);
  useNotices(space.id, ({ kind }) => {
    if (spaceKinds.has(kind)) void refresh(space.id, spaceOperations);
  });
  return (
    <SpaceContext value={space}>
      <div className={styles['frame']}>
        <a className={styles['skip']} href="#content">{t('nav.skip')}</a>
        <TopBar onSearch={search} />
        <Strips demo={demo} />
        {!narrow && <Rail />}
        <main id="content" tabIndex={-1} className={styles['main']}><Pages space={space} /></main>
        {narrow ? <BottomBar /> : <StatusBar />}
      </div>
      {searching && <SearchPalette onClose={() => setSearching(false)} onTask={(about) => {
        setSearching(false);
        setTaskAbout(about);
      }} />}
      {taskAbout && <NewTaskDialog things={[taskAbout]} onClose={() => setTaskAbout(null)} />}
    </SpaceContext>
  );
}

/** A space: nothing of it shows before the server has said that the reader may open it. */
export function SpaceFrame({ demo, onKnown }: Properties): ReactNode {
  const id = useParams()['space'] ?? '';
  const answer = useSpaceAnswer(id);
  const space = answer.data;
  useEffect(() => {
    if (space) onKnown(space);
  }, [space, onKnown]);
  if (!space || answer.error) {
    return <PlainFrame demo={demo}><Answer of={answer}>{() => null}</Answer></PlainFrame>;
  }
  return <Framed key={space.id} space={space} demo={demo} />;
}
