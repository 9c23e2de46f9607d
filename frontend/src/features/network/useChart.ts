import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useCourt } from '@/api/court';
import { useAsk } from '@/api/hooks';
import type { Ontology } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import type { Snapshot } from '@/graphview/store';
import { fadesAfter, useLive, useNotices, usePresence } from '@/live/hooks';
import type { Notice } from '@/live/messages';
import type { Colleague } from '@/graphview/model/view';
import { ChartController } from '@/features/network/ChartController';
import { askAgain, isRefusal, takeIn } from '@/features/network/liveChart';
import { ChartDocument, type ChartData } from '@/features/network/queries';

const BATCH = 180;
const AGAIN = 2000;

/** The controller of this page's chart; it is closed, and everything in it dropped, with the page. */
export function useController(ontology: Ontology): ChartController | null {
  const ready = ontology.entityKinds.length > 0;
  const group = useRef(ontology.group);
  group.current = ontology.group;
  const controller = useMemo(() => (ready ? new ChartController((kind) => group.current(kind)) : null), [ready]);
  useEffect(() => () => controller?.close(), [controller]);
  return controller;
}

/** A part of the chart's snapshot; renders again only when that part changes. */
export function useChartValue<T>(controller: ChartController, select: (snapshot: Snapshot) => T): T {
  const { store } = controller;
  return useSyncExternalStore(store.subscribe, () => select(store.snapshot()));
}

export interface Loaded {
  readonly data: ChartData | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
  /** True until the first picture is laid out. */
  readonly loading: boolean;
}

/** What of the space is on the chart: a case, what one import stated, or with neither everything. */
export interface Part {
  readonly inCase: string | null;
  readonly inImport: string | null;
}

/** Asks for the chart and keeps the controller in step: first laid out, afterwards taken in without moving anything. */
export function useChartData(controller: ChartController | null, space: string, part: Part, limit: number): Loaded {
  const { inCase, inImport } = part;
  const answer = useAsk(ChartDocument, { space, case: inCase, import: inImport, limit, court: useCourt() }, { space, enabled: controller !== null });
  const [opened, setOpened] = useState<string | null>(null);
  const key = `${inImport ?? inCase ?? ''} ${limit}`;
  const data = answer.data?.chart;
  const { dataUpdatedAt, error, refetch } = answer;
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    if (!controller || !data) return undefined;
    if (opened === key) {
      controller.merge({ type: 'more' }, data);
      askAgain(controller, space).catch(() => { again = setTimeout(() => void refetch(), AGAIN); });
    } else {
      void controller.open(data).then((done) => { if (done) setOpened(key); });
    }
    return () => clearTimeout(again);
    // `opened` is left out: opening a chart must not take the same answer in again. An equal answer that came anew, as
    // after a resync, still means that everything else on the chart has to be asked for.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [controller, data, dataUpdatedAt, key]);
  useEffect(() => {
    if (controller && isRefusal(error)) controller.drop(controller.store.graph.nodes());
  }, [controller, error]);
  return { data, error, retry: () => void refetch(), loading: opened === null };
}

/** Takes in what others change, in batches, and keeps at most one question under way. */
export function useLiveChart(controller: ChartController | null, space: string, whole: boolean, onImport: () => void): void {
  const waiting = useRef<Notice[]>([]);
  const busy = useRef(false);
  const behind = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const state = useRef({ controller, whole });
  state.current = { controller, whole };
  const flush = useRef<() => void>(() => undefined);
  flush.current = () => {
    timer.current = undefined;
    const { controller: current, whole: all } = state.current;
    if (!current || busy.current || waiting.current.length === 0) return;
    const batch = waiting.current;
    waiting.current = [];
    busy.current = true;
    const taken = takeIn(current, space, batch, all).then(() => (behind.current ? askAgain(current, space) : undefined));
    void taken.then(() => true, () => false).then((done) => {
      busy.current = false;
      behind.current = !done;
      if (done) {
        flush.current();
        return;
      }
      // What a notice announced is owed until it was asked for: it waits, and is tried again, with all that hung on what went.
      waiting.current = [...batch, ...waiting.current];
      timer.current ??= setTimeout(() => flush.current(), AGAIN);
    });
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useNotices(space, (notice) => {
    if (notice.kind === 'import') onImport();
    waiting.current.push(notice);
    timer.current ??= setTimeout(() => flush.current(), BATCH);
  });
}

/** Colour and code of a country's people in this space. */
function useColleague(): (country: string) => Colleague {
  const { countries } = useSpace();
  return useMemo(() => (country) => ({ tone: (Math.max(0, countries.indexOf(country)) % 4) + 1, country }), [countries]);
}

/** Rings of what others have selected. */
export function useOthers(controller: ChartController | null, space: string): void {
  const present = usePresence(space);
  const { members } = useSpace();
  const colleague = useColleague();
  useEffect(() => {
    if (!controller) return;
    const country = new Map(members.map(({ person }) => [person.id, person.agency.country]));
    const rings = new Map(present.flatMap(({ id, looking }) => looking.map((item) => [item, colleague(country.get(id) ?? '')] as const)));
    controller.store.update({ others: rings });
  }, [controller, present, members, colleague]);
}

/** Rings and underlays of what others changed in the last 8 s. */
export function useChanged(controller: ChartController | null): void {
  const { touches } = useLive();
  const colleague = useColleague();
  useEffect(() => {
    if (!controller) return undefined;
    const show = (): void => {
      const fresh = touches.filter(({ seenAt }) => seenAt + fadesAfter > Date.now());
      const before = controller.store.snapshot().view.changed;
      if (before.size + fresh.length > 0) controller.store.update({ changed: new Map(fresh.map(({ id, country }) => [id, colleague(country)])) });
    };
    show();
    const timers = touches.map(({ seenAt }) => setTimeout(show, Math.max(0, seenAt + fadesAfter + 20 - Date.now())));
    return () => timers.forEach(clearTimeout);
  }, [controller, touches, colleague]);
}
