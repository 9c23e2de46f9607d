import { useMemo } from 'react';
import type { ChartController } from '@/features/network/ChartController';
import { EntityPanelDocument } from '@/features/network/queries';
import { useChartValue } from '@/features/network/useChart';
import { useAsk } from '@/api/hooks';
import { t } from '@/text/text';
import { strictest } from '@/ui/facts/standing';
import { usePage } from '@/ui/Page';

/** What the status bar says of the chart: counts, strictest handling, markings of the item that is open. */
export function useNetworkPage(controller: ChartController, name: string, space: string): void {
  const { store } = controller;
  const drawn = useChartValue(controller, (snapshot) => snapshot.drawn);
  const others = useChartValue(controller, ({ view }) => view.others);
  const only = useChartValue(controller, ({ view }) => (view.selected.size === 1 ? [...view.selected][0] : undefined));
  const open = useAsk(EntityPanelDocument, { space, id: only ?? '' }, { space, enabled: only !== undefined });
  const seen = useMemo(() => {
    const items = [...drawn.items].flatMap((id) => store.item(id)?.handling ?? []);
    const links = [...drawn.links.keys()].filter((id) => store.graph.hasEdge(id)).map((id) => store.graph.getEdgeAttributes(id).link.handling);
    return {
      handling: strictest([...new Set([...items, ...links])]),
      items: t('network.items', { count: drawn.items.size }), links: t('network.links', { count: drawn.links.size }),
    };
  }, [drawn, store]);
  const byOthers = [...others.keys()].filter((id) => drawn.items.has(id)).length;
  const counts = { items: seen.items, links: seen.links };
  usePage({
    title: t('network.title'), path: [{ label: name, to: `/s/${space}` }, { label: t('network.title') }],
    handling: seen.handling, markings: only === undefined ? [] : (open.data?.entity.markings.map((each) => each.name) ?? []),
    counts: byOthers > 0 ? t('network.countsOthers', { ...counts, others: byOthers }) : t('network.counts', counts),
  });
}
