import { useId, useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { useCourt } from '@/api/court';
import { useAsk } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import type { Reconciled } from '@/api/reconciled';
import { useSpace } from '@/api/SpaceContext';
import { EntityDialogs, type Opened } from '@/features/entities/EntityDialogs';
import { EntityHead } from '@/features/entities/EntityHead';
import { EntitySide } from '@/features/entities/EntitySide';
import { LinksTab } from '@/features/entities/LinksTab';
import { EntityDocument, entityOperations, LinksDocument, type EntityInfo, type LinkInfo } from '@/features/entities/queries';
import { RecordsList } from '@/features/entities/RecordsList';
import { RecordsTable } from '@/features/entities/RecordsTable';
import { useAnnounce, useNotices } from '@/live/hooks';
import { listed, nothing } from '@/live/reconcile';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { BesideHolder } from '@/ui/beside/BesideHolder';
import { OpenBeside } from '@/ui/beside/OpenBeside';
import { useBeside, type Shown } from '@/ui/beside/useBeside';
import { usePage } from '@/ui/Page';
import { strictest } from '@/ui/facts/standing';
import { CourtBand } from '@/ui/StandingIn';
import { Answer, NotFound, Skeleton } from '@/ui/States';
import { tabPanel, Tabs } from '@/ui/Tabs';
import { useWidth } from '@/ui/useWidth';
import styles from '@/features/entities/entity.module.css';

const linksAtOnce = 50;
/** Below this width, in CSS px, records stand as fact rows and not as a table. */
const leastForTable = 800;
const none = listed(nothing<LinkInfo>());

interface ContentProperties {
  readonly drawBeside: (shown: Shown) => ReactNode;
  readonly entity: EntityInfo;
  readonly links: Reconciled<readonly LinkInfo[]> | null;
  readonly onMoreLinks: (() => void) | null;
}

function useEntityPage(entity: EntityInfo, links: readonly LinkInfo[]): void {
  const space = useSpace();
  const inCase = entity.cases.length === 1 ? entity.cases[0] : undefined;
  usePage({
    title: t('entities.title'),
    path: [
      ...(inCase ? [{ label: inCase.title, to: `/s/${space.id}/cases/${inCase.id}` }] : []),
      { label: t('entities.title'), to: `/s/${space.id}/entities` },
      { label: entity.caption },
    ],
    handling: strictest([entity.handling, ...links.map(({ handling }) => handling)]),
    counts: t('status.logged'),
  });
}

function Content({ entity, links, onMoreLinks, drawBeside }: ContentProperties): ReactNode {
  const [main, width] = useWidth<HTMLDivElement>();
  const { kind } = useOntology();
  const beside = useBeside();
  const tabsId = useId();
  const [tab, setTab] = useState('records');
  const [opened, setOpened] = useState<Opened | null>(null);
  useEntityPage(entity, links ?? none);
  const tabs = [
    { id: 'records', label: t('entity.records', { n: entity.records.length }) },
    { id: 'links', label: t('entity.links', { n: entity.degree }) },
  ];
  const shared = { entity, links: links ?? none, onOpen: setOpened, kind: kind(entity.kind) };
  const records = width !== null && width < leastForTable ? <RecordsList {...shared} /> : <RecordsTable {...shared} />;
  return (
    <div className={styles['holder']} data-beside={beside.shown ? '' : undefined} style={beside.style}>
      <OpenBeside value={beside.open}>
        <div className={styles['screen']}>
          <CourtBand />
          <EntityHead entity={entity} onOpen={setOpened}>
            <Tabs id={tabsId} label={t('entity.tabs')} tabs={tabs} selected={tab} onSelect={setTab} />
          </EntityHead>
          <div className={styles['body']}>
            <div ref={main} className={styles['main']} {...tabPanel(tabsId, tab)}>
              {tab === 'records' && records}
              {tab === 'links' && (links ? <LinksTab entity={entity} links={links} onMore={onMoreLinks} onOpen={setOpened} /> : <Skeleton />)}
            </div>
            <EntitySide entity={entity} onOpen={setOpened} />
          </div>
        </div>
      </OpenBeside>
      {beside.shown && <BesideHolder {...beside} label={t('entity.beside')} shown={beside.shown}>{drawBeside(beside.shown)}</BesideHolder>}
      {opened && <EntityDialogs entity={entity} links={links ?? none} opened={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}

/** True from the notice that says so until one that says that the entity changed. */
function useGone(space: string, id: string): boolean {
  const [gone, setGone] = useState<string | null>(null);
  useNotices(space, (notice) => {
    if (notice.id === id) setGone(notice.change === 'gone' ? id : null);
  });
  return gone === id;
}

interface Properties {
  /** Draws an exhibit beside the page. */
  readonly beside: (shown: Shown) => ReactNode;
}

/** One entity: what its visible records say, who says so, and what it is tied to, and an exhibit beside it. */
export function EntityPage({ beside }: Properties): ReactNode {
  const space = useSpace();
  const id = useParams()['id'] ?? '';
  const [first, setFirst] = useState(linksAtOnce);
  const court = useCourt();
  const entity = useAsk(EntityDocument, { space: space.id, id, court }, { space: space.id });
  const links = useAsk(LinksDocument, { space: space.id, id, first, court }, { space: space.id, keep: true });
  const page = links.data?.entity.id === id ? links.data.entity.links : null;
  const shown = useReconciled(space.id, page?.items);
  const gone = useGone(space.id, id);
  useAnnounce(space.id, 'entity', [id]);
  // A record of anything else in the space may state one of its identifiers, or state it no longer.
  useRefreshOn(space.id, entityOperations, ({ kind }) => kind !== 'agreement');
  const onMore = page?.pageInfo.hasNextPage && first < 100 ? () => setFirst(100) : null;
  if (gone) return <NotFound />;
  return <Answer of={entity} rows={12}>{(data) => <Content key={id} entity={data.entity} links={page && shown} onMoreLinks={onMore} drawBeside={beside} />}</Answer>;
}
