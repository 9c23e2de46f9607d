import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { ask } from '@/api/client';
import { courtOf } from '@/api/court';
import type { LayoutName } from '@/graphview/layout/types';
import { withMembers } from '@/graphview/model/groups';
import type { ChartAnswer } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import type { Naming } from '@/features/network/useNaming';
import { ChartItemsDocument, ExpandDocument } from '@/features/network/queries';
import { t } from '@/text/text';

/** More items than this are added only after the dialog. */
export const EXPAND_AT_ONCE = 25;

/** What is open over the chart. */
export type Overlay =
  | { readonly type: 'expand'; readonly id: string }
  | { readonly type: 'addEntity' }
  | { readonly type: 'addLink'; readonly from: string; readonly to: string | null }
  | { readonly type: 'task'; readonly about: readonly string[] }
  | { readonly type: 'keys' };

/** Everything a person can do, the same for the canvas, the keys, the menus and the table. */
export interface Actions {
  readonly open: (id: string) => void;
  /** Opens the item's page where it says who sees it and why. */
  readonly why: (id: string) => void;
  readonly expand: (id?: string) => void;
  readonly paths: (end?: { readonly from?: string; readonly to?: string; readonly avoid?: string }) => void;
  readonly hide: (ids?: readonly string[]) => void;
  /** Draws the items as one node; opens the group when one alone is meant. */
  readonly group: (ids?: readonly string[]) => void;
  readonly pin: (ids: readonly string[], pinned: boolean) => void;
  readonly addEntity: () => void;
  readonly addLink: (from?: string) => void;
  /** Makes a task about items or links; of a group, about its members. */
  readonly task: (ids: readonly string[]) => void;
  readonly select: (ids: readonly string[], add?: boolean) => void;
  readonly neighbours: (id: string) => void;
  readonly centre: (ids: readonly string[]) => void;
  readonly layOut: (layout: LayoutName) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly legend: () => void;
  readonly keys: () => void;
  /** Selects an item, on the chart with its links to what is there as they are now. */
  readonly bring: (id: string) => Promise<void>;
  /** Selects these items and links; items that are not on the chart are brought onto it. */
  readonly show: (ids: readonly string[]) => Promise<void>;
}

export interface ActionContext {
  readonly controller: ChartController;
  readonly space: string;
  readonly writes: boolean;
  /** The name of these items as one node. */
  readonly naming: Naming;
  readonly say: (text: string) => void;
  readonly onOverlay: (overlay: Overlay | null) => void;
  readonly onPaths: (end: { readonly from?: string; readonly to?: string; readonly avoid?: string }) => void;
  readonly onLegend: () => void;
  readonly onFailed: (error: unknown) => void;
}

async function expandAtOnce({ controller, space, say, onOverlay }: ActionContext, id: string): Promise<void> {
  const item = controller.store.item(id);
  if (!item) return;
  if (controller.store.snapshot().view.groups.has(id)) {
    controller.ungroup([id]);
    return;
  }
  if (item.degree - controller.store.graph.neighbors(id).length > EXPAND_AT_ONCE) {
    onOverlay({ type: 'expand', id });
    return;
  }
  const { expand } = await ask(ExpandDocument, { space, entity: id, linkKinds: null, direction: 'BOTH', limit: EXPAND_AT_ONCE + 1, order: 'STRONGEST', court: courtOf(space) });
  const news = expand.items.filter((each) => !controller.store.graph.hasNode(each.id));
  if (news.length > EXPAND_AT_ONCE) {
    onOverlay({ type: 'expand', id });
    return;
  }
  controller.add(expand, t('network.undo.expand', { name: item.caption }));
  say(t('network.expanded', { name: item.caption, count: news.length }));
}

/** Selects items and links. What is not on the chart is brought onto it with its links to what is there, under the id it has now; what is there is asked for again too where `anew`. */
async function show({ controller, space }: ActionContext, ids: readonly string[], anew = false): Promise<void> {
  const { store } = controller;
  const { graph } = store;
  const asked = anew ? ids : ids.filter((id) => !graph.hasNode(id) && !graph.hasEdge(id));
  let added: readonly ChartAnswer['items'][number][] = [];
  if (asked.length > 0) {
    const { chartItems } = await ask(ChartItemsDocument, { space, ids: [...asked], among: graph.nodes(), court: courtOf(space) });
    added = chartItems.items.filter(({ id }) => !graph.hasNode(id));
    const [only] = added.length === 1 ? added : [];
    if (added.length > 0) controller.add(chartItems, only ? t('network.undo.add', { name: only.caption }) : t('network.undo.addMany', { count: added.length }));
    else controller.merge({ type: 'more' }, chartItems);
  }
  store.update({ selected: new Set([...ids, ...added.map(({ id }) => id)].filter((id) => graph.hasNode(id))), selectedLinks: new Set(ids.filter((id) => graph.hasEdge(id))) });
}

export function makeActions(context: ActionContext, openPage: (id: string, part?: string) => void): Actions {
  const { controller, say, onOverlay, onFailed } = context;
  const { store } = controller;
  const selected = (): readonly string[] => [...store.snapshot().view.selected];
  const failing = (work: Promise<void>): void => void work.catch(onFailed);
  return {
    open: (id) => openPage(id),
    why: (id) => openPage(id, '#why'),
    expand: (id = selected().length === 1 ? selected()[0] : undefined) => {
      if (id === undefined) say(t('network.expand.pick'));
      else failing(expandAtOnce(context, id));
    },
    paths: (end) => {
      const [first, second] = selected();
      context.onPaths(end ?? { ...(first ? { from: first } : {}), ...(second ? { to: second } : {}) });
    },
    hide: (ids = selected()) => { if (ids.length > 0) controller.hide(ids); },
    group: (ids = selected()) => {
      const { groups } = store.snapshot().view;
      const [only] = ids;
      if (ids.length === 1 && only !== undefined && groups.has(only)) controller.ungroup([only]);
      else if (ids.length < 2) say(t('network.group.pick'));
      else controller.group(ids, context.naming(withMembers(groups, ids).flatMap((id) => store.item(id) ?? [])));
    },
    pin: (ids, pinned) => controller.pin(ids, pinned),
    addEntity: () => { if (context.writes) onOverlay({ type: 'addEntity' }); },
    addLink: (from) => {
      const [first, second] = selected();
      const start = from ?? first;
      if (!context.writes) return;
      if (start === undefined) say(t('network.link.pick'));
      else onOverlay({ type: 'addLink', from: start, to: from === undefined ? (second ?? null) : null });
    },
    task: (ids) => {
      if (context.writes) onOverlay({ type: 'task', about: [...withMembers(store.snapshot().view.groups, ids)] });
    },
    select: (ids, add) => controller.select(ids, add),
    neighbours: (id) => controller.select([id, ...store.graph.neighbors(id)].map((each) => store.snapshot().drawn.heads.get(each) ?? each).filter((each) => store.snapshot().drawn.items.has(each))),
    centre: (ids) => controller.scene?.fit(ids),
    layOut: (layout) => failing(controller.layOut(layout).then(() => say(t('network.said.layout', { layout: t(`network.layout.${layout}`) })))),
    undo: () => {
      const what = controller.undo();
      if (what !== null) say(t('network.undone', { what }));
    },
    redo: () => {
      const what = controller.redo();
      if (what !== null) say(t('network.redone', { what }));
    },
    legend: context.onLegend,
    keys: () => onOverlay({ type: 'keys' }),
    bring: (id) => show(context, [id], true).catch(onFailed),
    show: (ids) => show(context, ids).catch(onFailed),
  };
}

/** The actions of this page. */
export function useActions(context: ActionContext): Actions {
  const navigate = useNavigate();
  const { controller, space, writes, naming, say, onOverlay, onPaths, onLegend, onFailed } = context;
  return useMemo(
    () => makeActions({ controller, space, writes, naming, say, onOverlay, onPaths, onLegend, onFailed },
      (id, part = '') => void navigate(`/s/${space}/entities/${id}${part}`)),
    [controller, space, writes, naming, say, onOverlay, onPaths, onLegend, onFailed, navigate],
  );
}
