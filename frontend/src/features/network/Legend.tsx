import { IconEyeOff } from '@tabler/icons-react';
import { useMemo, type MouseEvent, type ReactNode } from 'react';
import { legendCounts } from '@/graphview/model/derive';
import { FALLEN, isFiltered, isolateRow, rowIsFiltered, SUPPORTS, toggleRow, type Support, NO_FILTER, type LegendRow } from '@/graphview/model/filter';
import { GRADE_STEPS } from '@/graphview/model/grades';
import { LINK_CLASSES, type KindGroup } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import { LinkSample } from '@/features/network/LinkSample';
import { useChartValue } from '@/features/network/useChart';
import { formatCount } from '@/text/format';
import { t } from '@/text/text';
import { LinkButton } from '@/ui/Button';
import { Check } from '@/ui/Field';
import { GroupIcon } from '@/ui/KindIcon';
import { Segmented } from '@/ui/Segmented';
import styles from '@/features/network/legend.module.css';

/** The order of the handbook's legend. */
const GROUPS: readonly KindGroup[] = [
  'person', 'organisation', 'account', 'wallet', 'communication', 'place', 'vehicle', 'event', 'exhibit', 'case',
];

interface Properties {
  readonly controller: ChartController;
  readonly truncated: boolean;
  readonly limit: number;
  readonly onLimit: (limit: number) => void;
}

interface RowProperties {
  readonly row: LegendRow;
  readonly words: string;
  readonly sample: ReactNode;
  readonly count: number;
  readonly most: number;
  readonly controller: ChartController;
}

/** One row: sample as drawn, word, bar and count. Click toggles, Alt-click isolates, pointing previews. */
function Row({ row, words, sample, count, most, controller }: RowProperties): ReactNode {
  const filter = useChartValue(controller, ({ view }) => view.filter);
  const off = rowIsFiltered(filter, row);
  const preview = (shown: boolean): void => controller.store.update({ preview: shown && !off ? row : null });
  const click = (event: MouseEvent): void => {
    controller.store.update({ preview: null });
    controller.setFilter(event.altKey ? isolateRow(filter, row) : toggleRow(filter, row));
  };
  return (
    <button type="button" aria-pressed={!off} className={styles['row']} data-off={off || undefined} onClick={click}
      onPointerEnter={() => preview(true)} onPointerLeave={() => preview(false)}>
      <span className={styles['mark']}>{sample}</span>
      <span className={styles['word']}>{words}</span>
      {off && <IconEyeOff size={14} aria-hidden />}
      <span className={styles['count']}>
        <span className={styles['bar']} style={{ inlineSize: `${Math.round((62 * count) / Math.max(1, most))}px` }} aria-hidden />
        {off ? <s>{formatCount(count)}</s> : formatCount(count)}
      </span>
    </button>
  );
}

/** Strengths always have their row; what does not stand has one where there is some. */
const isShown = (name: Support, count: number): boolean => count > 0 || !FALLEN.some((each) => each === name);

function most(counts: ReadonlyMap<string, number>): number {
  return Math.max(0, ...counts.values());
}

/** The legend is the filter. Its counts are those of the chart that the reader may see. */
export function Legend({ controller, truncated, limit, onLimit }: Properties): ReactNode {
  const { store } = controller;
  const content = useChartValue(controller, (snapshot) => snapshot.content);
  const filter = useChartValue(controller, ({ view }) => view.filter);
  const counts = useMemo(() => ({ of: legendCounts(store.graph, store.groupOf), content }), [store, content]).of;
  const of = (map: ReadonlyMap<string, number>, key: string): number => map.get(key) ?? 0;
  return (
    <div className={styles['legend']}>
      <div className={styles['head']}>
        <h2>{t('network.legend.title')}</h2>
        {isFiltered(filter) && <LinkButton onClick={() => controller.setFilter(NO_FILTER)}>{t('network.legend.reset')}</LinkButton>}
      </div>
      <div className={styles['scroll']}>
        <div role="group" aria-label={t('network.legend.kinds')}>
          <h3 aria-hidden>{t('network.legend.kinds')}</h3>
          {GROUPS.filter((group) => of(counts.groups, group) > 0).map((group) => (
            <Row key={group} controller={controller} row={{ type: 'group', value: group }} words={t(`network.group.${group}`)}
              sample={<GroupIcon group={group} size={18} />} count={of(counts.groups, group)} most={most(counts.groups)} />
          ))}
        </div>
        <div role="group" aria-label={t('network.legend.links')}>
          <h3 aria-hidden>{t('network.legend.links')}</h3>
          {LINK_CLASSES.filter((name) => of(counts.classes, name) > 0).map((name) => (
            <Row key={name} controller={controller} row={{ type: 'class', value: name }} words={t(`network.class.${name}`)}
              sample={<LinkSample linkClass={name} />} count={of(counts.classes, name)} most={most(counts.classes)} />
          ))}
        </div>
        <div role="group" aria-label={t('network.legend.strength')}>
          <h3 aria-hidden>{t('network.legend.strength')}</h3>
          {SUPPORTS.filter((name) => isShown(name, of(counts.supports, name))).map((name) => (
            <Row key={name} controller={controller} row={{ type: 'support', value: name }} words={t(`network.support.${name}`)}
              sample={<LinkSample support={name} />} count={of(counts.supports, name)} most={most(counts.supports)} />
          ))}
        </div>
        <h3 aria-hidden>{t('network.legend.grade')}</h3>
        <Segmented label={t('network.legend.grade')} value={filter.grade ?? 'any'}
          options={[...GRADE_STEPS.map((value) => ({ value, label: value })), { value: 'any' as const, label: t('network.legend.any') }]}
          onChange={(value) => controller.setFilter({ ...filter, grade: value === 'any' ? null : value })} />
      </div>
      <Foot controller={controller} truncated={truncated} limit={limit} onLimit={onLimit} />
    </div>
  );
}

const LIMITS = [2000, 10_000];

function Foot({ controller, truncated, limit, onLimit }: Properties): ReactNode {
  const { graph } = controller.store;
  const hidden = useChartValue(controller, ({ view }) => view.hidden.size);
  const opacity = useChartValue(controller, ({ drawn }) => drawn.links.size > 5000);
  const filtered = useChartValue(controller, ({ view }) => isFiltered(view.filter));
  const showFiltered = useChartValue(controller, ({ view }) => view.showFiltered);
  useChartValue(controller, ({ content }) => content);
  const items = t('network.items', { count: graph.order });
  const next = LIMITS.find((each) => each > limit);
  return (
    <div className={styles['foot']}>
      {truncated && <p>{t('network.legend.truncated', { items: t('network.items', { count: limit }) })} {next && <LinkButton onClick={() => onLimit(next)}>{t('network.legend.more', { n: next })}</LinkButton>}</p>}
      {filtered && <Check label={t('network.legend.showFiltered')} checked={showFiltered}
        onChange={(on) => controller.store.update({ showFiltered: on })} />}
      {opacity && <p>{t('network.legend.opacity')}</p>}
      {hidden > 0 && <p>{t('network.legend.hidden', { count: hidden })} <LinkButton onClick={() => controller.showAll()}>{t('network.legend.showHidden')}</LinkButton></p>}
      <p>{t('network.legend.note', { items, links: t('network.links', { count: graph.size }) })}</p>
    </div>
  );
}
