import { ask } from '@/api/client';
import { courtOf } from '@/api/court';
import { ApiError } from '@/api/errors';
import type { ChartAnswer } from '@/graphview/model/types';
import type { Notice } from '@/live/messages';
import type { ChartController } from '@/features/network/ChartController';
import { ChartItemsDocument, LinkEndsDocument } from '@/features/network/queries';

/** At most so many new items enter from one batch of notices; a larger change is told, not drawn. */
export const MOST_NEW = 25;

/** Notices of a moment, sorted by what has to be asked. */
export interface Batch {
  readonly items: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
  /** Entities became one, or two again: which of the chart's items stand for them has to be asked for all. */
  readonly merged: boolean;
}

/** Sorts notices; the last word about an id counts. Other kinds do not concern the chart. */
export function sortNotices(notices: readonly Notice[]): Batch {
  const items = new Set<string>();
  const links = new Set<string>();
  const gone = new Set<string>();
  for (const { kind, change, id } of notices) {
    if (kind !== 'entity' && kind !== 'link' && kind !== 'merge') continue;
    for (const set of [items, links, gone]) set.delete(id);
    if (change === 'gone') gone.add(id);
    else (kind === 'link' ? links : items).add(id);
  }
  return { items, links, gone, merged: notices.some(({ kind }) => kind === 'merge') };
}

/**
 * The part of an answer that belongs on this chart: what is on it, and new items that are linked to it; all new items when
 * the chart shows the whole space.
 */
export function belonging(answer: ChartAnswer, onChart: (id: string) => boolean, whole: boolean): ChartAnswer {
  const linked = new Set(answer.links.flatMap(({ source, target }) =>
    onChart(source) || onChart(target) ? [source, target] : []));
  let room = MOST_NEW;
  const items = answer.items.filter(({ id }) => {
    if (onChart(id)) return true;
    room -= whole || linked.has(id) ? 1 : 0;
    return (whole || linked.has(id)) && room >= 0;
  });
  return { items, links: answer.links };
}

/** Asks again for what the notices name, and for what gains or loses a link by the answers, and takes it in. */
export async function takeIn(controller: ChartController, space: string, notices: readonly Notice[], whole: boolean): Promise<void> {
  const batch = sortNotices(notices);
  const { store } = controller;
  const relinked = controller.drop([...batch.gone]);
  let wanted = new Set([...batch.items, ...relinked, ...(batch.merged ? store.graph.nodes() : [])]);
  for (const link of batch.links) for (const end of await endsOf(controller, space, link)) wanted.add(end);
  const asked = new Set<string>();
  while (wanted.size > 0) {
    for (const id of wanted) asked.add(id);
    const moved = await askFor(controller, space, [...wanted], whole);
    wanted = new Set(moved.filter((id) => !asked.has(id)));
  }
}

/**
 * Asks for what is on the chart and for what is not, one after the other: whatever stands for something on the chart stays
 * on it, and of the rest comes what belongs there. Returns the items that gained or lost a link.
 */
async function askFor(controller: ChartController, space: string, wanted: readonly string[], whole: boolean): Promise<readonly string[]> {
  const { graph } = controller.store;
  const onChart = (id: string): boolean => graph.hasNode(id);
  const question = async (ids: string[], choose: (answer: ChartAnswer) => ChartAnswer): Promise<readonly string[]> => {
    if (ids.length === 0) return [];
    const { chartItems } = await ask(ChartItemsDocument, { space, ids, among: graph.nodes(), court: courtOf(space) });
    return controller.merge({ type: 'items', ids: new Set(ids) }, choose(chartItems)).relinked;
  };
  const own = await question(wanted.filter(onChart), (answer) => answer);
  const others = await question(wanted.filter((id) => !onChart(id)), (answer) => belonging(answer, onChart, whole));
  return [...own, ...others];
}

/**
 * Asks again for everything on the chart, as after a resync: what the reader may no longer see goes, without saying why.
 * A refusal takes all of it.
 */
export async function askAgain(controller: ChartController, space: string): Promise<void> {
  const ids = controller.store.graph.nodes();
  if (ids.length === 0) return;
  try {
    const { chartItems } = await ask(ChartItemsDocument, { space, ids, among: [], court: courtOf(space) });
    controller.merge({ type: 'items', ids: new Set(ids) }, chartItems);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    controller.drop(ids);
  }
}

/** True where the server says that the reader may not read this, or not any more. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && ['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED'].includes(error.kind);

/** The two ends of a link, from the chart or from the server; none when it may not be seen. */
async function endsOf({ store }: ChartController, space: string, id: string): Promise<readonly string[]> {
  if (store.graph.hasEdge(id)) return store.graph.extremities(id);
  try {
    const { link } = await ask(LinkEndsDocument, { space, id });
    return [link.source.id, link.target.id];
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'NOT_FOUND') return [];
    throw error;
  }
}
