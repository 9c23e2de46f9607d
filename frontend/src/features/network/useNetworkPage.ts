import { useMemo } from 'react';
import { useSpace } from '@/api/SpaceContext';
import type { ChartController } from '@/features/network/ChartController';
import { useChartValue } from '@/features/network/useChart';
import { t } from '@/text/text';
import { strictest } from '@/ui/facts/standing';
import { usePage } from '@/ui/Page';

/** What the status bar says of the chart: counts, strictest handling, markings in view. */
export function useNetworkPage(controller: ChartController, name: string, space: string): void {
  const { store } = controller;
  const drawn = useChartValue(controller, (snapshot) => snapshot.drawn);
  const others = useChartValue(controller, ({ view }) => view.others);
  const { markings } = useSpace();
  const seen = useMemo(() => {
    const items = [...drawn.items, ...drawn.heads.keys()].flatMap((id) => store.item(id) ?? []);
    const links = [...drawn.links.keys()].filter((id) => store.graph.hasEdge(id)).map((id) => store.graph.getEdgeAttributes(id).link);
    const inView = [...items, ...links];
    return {
      handling: strictest([...new Set(inView.map((each) => each.handling))]),
      markings: new Set(inView.flatMap((each) => each.markings)),
    };
  }, [drawn, store]);
  const byOthers = [...others.keys()].filter((id) => drawn.items.has(id)).length;
  const counts = { items: t('network.items', { count: drawn.items.size }), links: t('network.links', { count: drawn.links.size }) };
  usePage({
    title: t('network.title'), path: [{ label: name, to: `/s/${space}` }, { label: t('network.title') }],
    handling: seen.handling, markings: markings.flatMap(({ marking }) => (seen.markings.has(marking.id) ? [marking.name] : [])),
    counts: byOthers > 0 ? t('network.countsOthers', { ...counts, others: byOthers }) : t('network.counts', counts),
  });
}
