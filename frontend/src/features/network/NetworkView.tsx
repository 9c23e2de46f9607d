import { useCallback, useEffect, useRef, useState, type Dispatch, type ReactNode, type SetStateAction } from 'react';
import { useSearchParams } from 'react-router';
import { useCourt, useEdits } from '@/api/court';
import { refresh } from '@/api/cache';
import { useSpace } from '@/api/SpaceContext';
import type { Item } from '@/graphview/model/types';
import type { Tool } from '@/graphview/scene/pointer';
import { BesideHolder } from '@/ui/beside/BesideHolder';
import { CanvasFrame } from '@/features/network/CanvasFrame';
import type { ChartController } from '@/features/network/ChartController';
import { lettersStored } from '@/features/network/KeysDialog';
import { Legend } from '@/features/network/Legend';
import { NetworkDialogs } from '@/features/network/NetworkDialogs';
import { panelOperations } from '@/features/network/queries';
import { Sheet } from '@/features/network/Sheet';
import { Side } from '@/features/network/Side';
import { TableTwin } from '@/features/network/TableTwin';
import { ToolRow, type Face } from '@/features/network/ToolRow';
import { useActions, type Overlay } from '@/features/network/useActions';
import { useBeside, type Shown } from '@/ui/beside/useBeside';
import { useChanged, useChartData, useChartValue, useLiveChart, useOthers, type Part } from '@/features/network/useChart';
import { useNetworkPage } from '@/features/network/useNetworkPage';
import { useNaming } from '@/features/network/useNaming';
import { usePathEnds } from '@/features/network/usePathEnds';
import { useSay } from '@/features/network/useSay';
import { useTold } from '@/features/network/useTold';
import { useAnnounce, useNotices } from '@/live/hooks';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { Button, LinkButton } from '@/ui/Button';
import { CourtBand } from '@/ui/StandingIn';
import { OpenBeside } from '@/ui/beside/OpenBeside';
import { Empty, Problem, ReadProblem } from '@/ui/States';
import { useNarrow } from '@/ui/useNarrow';
import { useSettled } from '@/ui/useSettled';
import styles from '@/features/network/network.module.css';

interface Properties {
  readonly controller: ChartController;
  readonly space: string;
  readonly drawBeside: (shown: Shown) => ReactNode;
}

const LIMIT = 500;
/** What changes what the panels say; an exhibit, since it may be found altered. */
const shownInPanels: ReadonlySet<string> = new Set(['entity', 'link', 'merge', 'exhibit']);
/** Above so many items a phone starts with the table, unless one of them was asked for in the chart. */
const PHONE_TABLE = 300;

/** The address holds the case, the import, the item in focus, and the one from which paths are looked for, or several to select. */
function useAddress(): { readonly part: Part; readonly focus: string | null; readonly paths: string | null;
  readonly select: string | null; readonly onCase: (id: string | null) => void } {
  const [search, setSearch] = useSearchParams();
  const onCase = (id: string | null): void => setSearch((now) => {
    const beside = [...now].filter(([name]) => name === 'exhibit' || name === 'at');
    return [...(id ? [['case', id] as [string, string]] : []), ...beside];
  });
  return { part: { inCase: search.get('case'), inImport: search.get('import') }, focus: search.get('focus'), paths: search.get('paths'), select: search.get('select'), onCase };
}

/** Brings the item of the address onto the chart, once it is open. */
function useFocus(focus: string | null, loading: boolean, bring: (id: string) => Promise<void>, controller: ChartController): void {
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (!focus || loading || done.current === focus) return;
    done.current = focus;
    void bring(focus).then(() => controller.fit(focus));
  }, [focus, loading, bring, controller]);
}

/** Opens the path finder from the item of the address. */
function usePathsFrom(id: string | null, loading: boolean, bring: (id: string) => Promise<void>, start: (end: { readonly from: string }) => void): void {
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (!id || loading || done.current === id) return;
    done.current = id;
    void bring(id).then(() => start({ from: id }));
  }, [id, loading, bring, start]);
}

/** Shows the items and links that the address names, selected. */
function useSelection(select: string | null, loading: boolean, show: (ids: readonly string[]) => Promise<void>): void {
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (!select || loading || done.current === select) return;
    done.current = select;
    void show(select.split('.'));
  }, [select, loading, show]);
}

/** Whether the legend shows. Beside an exhibit it begins folded where the screen has no room for both. */
function useLegend(beside: boolean): [boolean, Dispatch<SetStateAction<boolean>>] {
  const alone = useState(() => window.innerWidth > 1023);
  const together = useState(() => window.innerWidth >= 1920);
  return beside ? together : alone;
}

function useFace(items: number | undefined, focus: string | null): [Face, (face: Face) => void] {
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<Face | null>(null);
  const start: Face = narrow && !focus && (items ?? 0) > PHONE_TABLE ? 'table' : 'chart';
  return [chosen ?? start, setChosen];
}

export function NetworkView({ controller, space, drawBeside }: Properties): ReactNode {
  const { name } = useSpace();
  const writes = useEdits('WRITE_CONTENT');
  const narrow = useNarrow();
  const { part, focus, paths, select, onCase } = useAddress();
  const { inCase } = part;
  const [limit, setLimit] = useState(LIMIT);
  const [tool, setTool] = useState<Tool>('select');
  const beside = useBeside();
  const [legend, setLegend] = useLegend(beside.shown !== null);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [letters, setLetters] = useState(lettersStored);
  const [failed, setFailed] = useState<unknown>(null);
  const [imported, setImported] = useState(false);
  const { said, say, tell, hush } = useSay();
  const { data, error, retry, loading } = useChartData(controller, space, part, limit);
  const [face, setFace] = useFace(data?.items.length, focus);
  const naming = useNaming();
  const { ends, setEnds, start, pick } = usePathEnds(controller, space);
  const actions = useActions({
    controller, space, writes, naming, say, onOverlay: setOverlay, onPaths: start, onLegend: useCallback(() => setLegend((shown) => !shown), [setLegend]), onFailed: setFailed,
  });
  const selected = useChartValue(controller, ({ view }) => view.selected);
  const slowly = useSettled(loading && !error, 200);

  useLiveChart(controller, space, data?.truncated === false && inCase === null && part.inImport === null, useCallback(() => setImported(true), []));
  useRefreshOn(space, panelOperations, ({ kind }) => shownInPanels.has(kind));
  useOthers(controller, space);
  useChanged(controller);
  useTold(space, tell);
  useNotices(space, ({ change }) => { if (change === 'gone') hush(); });
  useAnnounce(space, 'network', [...selected].slice(0, 5));
  useFocus(focus, loading, actions.bring, controller);
  usePathsFrom(paths, loading, actions.bring, start);
  useSelection(select, loading, actions.show);
  useNetworkPage(controller, name, space);

  const legendView = <Legend controller={controller} truncated={data?.truncated ?? false} limit={limit} onLimit={setLimit} />;
  const table = <TableTwin controller={controller} actions={actions} />;
  return (
    <div className={styles['page']} data-beside={beside.shown ? '' : undefined} style={beside.style}>
      <h1 className="visually-hidden">{t('network.title')}</h1>
      <ToolRow controller={controller} actions={actions} tool={tool} onTool={setTool} face={face} onFace={setFace} part={part} onCase={onCase} />
      {legend && !narrow && <aside className={styles['legendHolder']} aria-label={t('network.legend.title')}>{legendView}</aside>}
      <div className={styles['canvasHolder']}>
        <ChartCourt controller={controller} />
        <div className={styles['stage']}>
          {face === 'chart'
            ? <CanvasFrame controller={controller} actions={actions} tool={tool} letters={letters} say={say} onPick={pick}
                onTable={() => setFace('table')} onNoPicture={() => {
                  say(t('network.noPicture'));
                  setFace('table');
                }} />
            : <TableKeys onChart={() => setFace('chart')} letters={letters}>{table}</TableKeys>}
          {loading && slowly && <p className={styles['over']} role="status">{t('network.loading')}</p>}
          {error && <div className={styles['over']}><ReadProblem error={error} onRetry={retry} /></div>}
          {!loading && data?.items.length === 0 && <div className={styles['over']}><Empty text={t('network.empty')} action={writes && <Button look="primary" onClick={() => actions.addEntity()}>{t('network.addFirst')}</Button>} /></div>}
          {imported && <p className={styles['bar']} role="status">{t('network.said.import')} <LinkButton onClick={() => {
            setImported(false);
            void refresh(space, ['Chart']);
          }}>{t('network.notice.load')}</LinkButton></p>}
          {failed !== null && <div className={styles['bar']}><Problem error={failed} /><LinkButton onClick={() => setFailed(null)}>{t('ui.close')}</LinkButton></div>}
        </div>
      </div>
      {beside.shown && <BesideHolder {...beside} label={t('network.beside')} shown={beside.shown}>{drawBeside(beside.shown)}</BesideHolder>}
      <OpenBeside value={beside.open}><Side controller={controller} actions={actions} space={space} paths={ends} onPaths={setEnds} /></OpenBeside>
      {legend && narrow && <Sheet label={t('network.legend.title')} onClose={() => setLegend(false)}>{legendView}</Sheet>}
      <NetworkDialogs controller={controller} actions={actions} space={space} inCase={inCase} overlay={overlay} say={say}
        letters={letters} onLetters={setLetters} onClose={() => setOverlay(null)} />
      <p className="visually-hidden" aria-live="polite">{said}</p>
    </div>
  );
}

/** Whether a court excluded it, or may not use it without its provider's consent. */
const fallsInCourt = (of: Pick<Item, 'standing'> | null): boolean => of?.standing === 'EXCLUDED' || of?.standing === 'RESERVED';

/** The band of a court's view over the chart, with what on it does not stand. */
function ChartCourt({ controller }: Pick<Properties, 'controller'>): ReactNode {
  const { store } = controller;
  const court = useCourt();
  const drawn = useChartValue(controller, (snapshot) => snapshot.drawn);
  useEffect(() => store.update({ court: court !== null }), [store, court]);
  if (court === null) return null;
  const items = [...drawn.items].filter((id) => fallsInCourt(store.item(id))).length;
  const links = [...drawn.links.keys()].filter((id) => store.graph.hasEdge(id) && fallsInCourt(store.graph.getEdgeAttributes(id).link)).length;
  const fallen = t('court.fallen', { items: t('network.items', { count: items }), links: t('network.links', { count: links }) });
  if (drawn.items.size === 0) return <CourtBand />; // still being loaded, or nothing there: neither stands nor falls
  return <CourtBand fallen={items + links > 0 ? fallen : t('court.noneFallen')} />;
}

/** `T` leads back from the table to the chart. */
function TableKeys({ onChart, letters, children }: { readonly onChart: () => void; readonly letters: boolean; readonly children: ReactNode }): ReactNode {
  return (
    // The grids inside hold the focus; this only hears the one key that they leave.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles['frameHolder']} onKeyDown={({ key, ctrlKey, metaKey, altKey }) => {
      if (letters && key.toLowerCase() === 't' && !ctrlKey && !metaKey && !altKey) onChart();
    }}>{children}</div>
  );
}

