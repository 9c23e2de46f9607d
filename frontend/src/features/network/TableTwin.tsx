import { useMemo, type ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import { linkClassOf, STRENGTHS, supportOf } from '@/graphview/model/filter';
import { gradeRank } from '@/graphview/model/grades';
import type { Item, Link } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import { Grid, type Column } from '@/features/network/Grid';
import { ItemActions } from '@/features/network/ItemMenu';
import { LinkSample } from '@/features/network/LinkSample';
import type { Actions } from '@/features/network/useActions';
import { useChartValue } from '@/features/network/useChart';
import { formatAmount, formatPartialDate, listed } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode, GradeCode, HandlingCode } from '@/ui/Badges';
import { KindIcon } from '@/ui/KindIcon';
import { useNarrow } from '@/ui/useNarrow';
import styles from '@/features/network/grid.module.css';

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
}

const HANDLINGS = ['H0', 'H1', 'H2', 'H3'];

function stateWords(item: Item, pinned: boolean): string {
  const words = [
    t(`network.standing.${item.standing}`), item.uncertain ? t('network.table.uncertain') : '', item.markings.length > 0 ? t('network.table.marked') : '',
    item.merged > 1 ? t('network.table.merged', { n: item.merged }) : '', pinned ? t('network.table.pinned') : '',
  ];
  return listed(words.filter(Boolean));
}

/** On a phone the count of links stands beside the name: elsewhere the row's menu could lie on it, and 209 read as 20. */
function useItemColumns(controller: ChartController): readonly Column<Item>[] {
  const ontology = useOntology();
  const narrow = useNarrow();
  const others = useChartValue(controller, ({ view }) => view.others);
  const pinned = useChartValue(controller, ({ view }) => view.pinned);
  const groups = useChartValue(controller, ({ view }) => view.groups);
  return useMemo(() => {
    const kind = (item: Item): string => (groups.has(item.id) ? t('network.table.group') : (ontology.kind(item.kind)?.label ?? item.kind));
    const name = ({ id, caption }: Item): string => groups.get(id)?.name ?? caption;
    const columns: Column<Item>[] = [
      { id: 'name', label: t('network.table.name'), sort: name,
        cell: (item) => <span className={styles['name']}><KindIcon kind={item.kind} size={18} /><bdi>{name(item)}</bdi></span> },
      { id: 'kind', label: t('network.table.kind'), sort: kind, cell: kind },
      { id: 'degree', label: t('network.table.degree'), number: true, sort: ({ degree }) => degree, cell: ({ degree }) => degree },
      { id: 'grade', label: t('network.table.grade'), sort: ({ grade }) => gradeRank(grade), cell: ({ grade }) => <GradeCode grade={grade ?? null} /> },
      { id: 'handling', label: t('network.table.handling'), sort: ({ handling }) => HANDLINGS.indexOf(handling), cell: ({ handling }) => <HandlingCode code={handling} /> },
      { id: 'standing', label: t('network.table.standing'), sort: (item) => stateWords(item, pinned.has(item.id)),
        cell: (item) => <span className={styles['states']}>{stateWords(item, pinned.has(item.id))}</span> },
      { id: 'by', label: t('network.table.by'), sort: ({ id }) => others.get(id)?.country ?? '',
        cell: ({ id }) => { const other = others.get(id); return other && <CountryCode code={other.country} />; } },
    ];
    const numbersFirst = ({ id, number }: Column<Item>): number => (id === 'name' ? 0 : number ? 1 : 2);
    return narrow ? [...columns].sort((a, b) => numbersFirst(a) - numbersFirst(b)) : columns;
  }, [ontology, others, pinned, groups, narrow]);
}

function useLinkColumns(controller: ChartController): readonly Column<Link>[] {
  const { store } = controller;
  const ontology = useOntology();
  return useMemo(() => {
    const name = (id: string): string => store.item(id)?.caption ?? '';
    const words = ({ kind, label }: Link): string => ontology.link(kind)?.label ?? label;
    return [
      { id: 'kind', label: t('network.table.kind'), sort: words,
        cell: (link) => <span className={styles['name']}><LinkSample linkClass={linkClassOf(link)} support={supportOf(link)} />{words(link)}</span> },
      { id: 'source', label: t('network.table.source'), sort: ({ source }) => name(source), cell: ({ source }) => <bdi className={styles['text']}>{name(source)}</bdi> },
      { id: 'target', label: t('network.table.target'), sort: ({ target }) => name(target), cell: ({ target }) => <bdi className={styles['text']}>{name(target)}</bdi> },
      { id: 'strength', label: t('network.table.strength'), sort: ({ strength }) => STRENGTHS.indexOf(strength), cell: ({ strength }) => t(`network.support.${strength}`) },
      { id: 'standing', label: t('network.table.standing'), sort: ({ standing }) => standing, cell: ({ standing }) => t(`network.standing.${standing}`) },
      { id: 'amount', label: t('network.table.amount'), number: true, sort: ({ amount }) => Number(amount ?? 0),
        cell: ({ amount, currency }) => (amount && currency ? <bdi dir="ltr">{formatAmount(amount, currency)}</bdi> : '') },
      { id: 'date', label: t('network.table.date'), sort: ({ date }) => date ?? '', cell: ({ date }) => (date ? <bdi>{formatPartialDate(date)}</bdi> : '') },
      { id: 'grade', label: t('network.table.grade'), sort: ({ grade }) => gradeRank(grade), cell: ({ grade }) => <GradeCode grade={grade ?? null} /> },
      { id: 'handling', label: t('network.table.handling'), sort: ({ handling }) => HANDLINGS.indexOf(handling), cell: ({ handling }) => <HandlingCode code={handling} /> },
    ] satisfies Column<Link>[];
  }, [store, ontology]);
}

/** The chart as two tables: same items, filter, selection and order of rank; each row's menu does what the canvas can. */
export function TableTwin({ controller, actions }: Properties): ReactNode {
  const { store } = controller;
  const drawn = useChartValue(controller, (snapshot) => snapshot.drawn);
  const content = useChartValue(controller, (snapshot) => snapshot.content);
  const selected = useChartValue(controller, ({ view }) => view.selected);
  const selectedLinks = useChartValue(controller, ({ view }) => view.selectedLinks);
  const { items, links } = useMemo(() => {
    const ranked = [...drawn.items].flatMap((id) => store.item(id) ?? []).sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));
    return { items: ranked, links: [...drawn.links.keys()].filter((id) => store.graph.hasEdge(id)).map((id) => store.graph.getEdgeAttributes(id).link), content };
  }, [drawn, content, store]);
  const itemColumns = useItemColumns(controller);
  const linkColumns = useLinkColumns(controller);
  if (items.length === 0) return <p className={styles['states']}>{t('network.table.empty')}</p>;
  return (
    <div className={styles['twin']}>
      <section>
        <h2>{t('network.items', { count: items.length })}</h2>
        <Grid label={t('network.table.items')} columns={itemColumns} rows={items} keyOf={({ id }) => id} selected={selected}
          onSelect={(id, add) => actions.select([id], add)} onOpen={(id) => actions.select([id])}
          menu={(id) => <ItemActions controller={controller} actions={actions} id={id} />} />
      </section>
      <section>
        <h2>{t('network.links', { count: links.length })}</h2>
        <Grid label={t('network.table.links')} columns={linkColumns} rows={links} keyOf={({ id }) => id} selected={selectedLinks}
          onSelect={(id, add) => controller.selectLink(id, add)} onOpen={(id) => controller.selectLink(id)} />
      </section>
    </div>
  );
}
