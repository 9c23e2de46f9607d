import * as Radix from '@radix-ui/react-dropdown-menu';
import type { ReactNode } from 'react';
import { useEdits } from '@/api/court';
import type { Point } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import type { Actions } from '@/features/network/useActions';
import { useChartValue } from '@/features/network/useChart';
import { linkName } from '@/text/ontology';
import { direction } from '@/text/language';
import { t } from '@/text/text';
import { MenuItem, MenuLine } from '@/ui/Menu';
import styles from '@/ui/Menu.module.css';
import own from '@/features/network/network.module.css';

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly id: string;
}

/** Everything that can be done with one item: the same on the canvas and in a row of the table. */
export function ItemActions({ controller, actions, id }: Properties): ReactNode {
  const writes = useEdits('WRITE_CONTENT');
  const pinned = useChartValue(controller, ({ view }) => view.pinned.has(id));
  const isGroup = useChartValue(controller, ({ view }) => view.groups.has(id));
  const together = useChartValue(controller, ({ view }) => (view.selected.has(id) && view.selected.size > 1 ? view.selected : null));
  const pin = <MenuItem onSelect={() => actions.pin([id], !pinned)}>{pinned ? t('network.action.unpin') : t('network.action.pin')}</MenuItem>;
  if (isGroup) return (
    <>
      <MenuItem onSelect={() => actions.group([id])}>{t('network.action.ungroup')}</MenuItem>
      <MenuItem onSelect={() => actions.centre([id])}>{t('network.action.centre')}</MenuItem>
      <MenuItem onSelect={() => actions.hide([id])}>{t('network.action.hide')}</MenuItem>
      {pin}
    </>
  );
  return (
    <>
      <MenuItem onSelect={() => actions.open(id)}>{t('network.action.open')}</MenuItem>
      <MenuItem onSelect={() => actions.expand(id)}>{t('network.action.expand')}</MenuItem>
      <MenuItem onSelect={() => actions.paths({ from: id })}>{t('network.action.pathFrom')}</MenuItem>
      <MenuItem onSelect={() => actions.paths({ to: id })}>{t('network.action.pathTo')}</MenuItem>
      <MenuItem onSelect={() => actions.paths({ avoid: id })}>{t('network.action.avoid')}</MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => actions.neighbours(id)}>{t('network.action.neighbours')}</MenuItem>
      <MenuItem onSelect={() => actions.centre([id])}>{t('network.action.centre')}</MenuItem>
      <MenuItem onSelect={() => actions.hide([id])}>{t('network.action.hide')}</MenuItem>
      {pin}
      {together && <MenuItem onSelect={() => actions.group([...together])}>{t('network.action.group')}</MenuItem>}
      {writes && <MenuItem onSelect={() => actions.addLink(id)}>{t('network.action.addLink')}</MenuItem>}
      {writes && <MenuItem onSelect={() => actions.task(together ? [...together] : [id])}>{t(together ? 'network.action.tasks' : 'network.action.task')}</MenuItem>}
      <MenuLine />
      <MenuItem onSelect={() => actions.why(id)}>{t('network.action.why')}</MenuItem>
    </>
  );
}

/** What can be done with one line of the chart. */
function LinkActions({ controller, actions, id }: Properties): ReactNode {
  const { graph } = controller.store;
  const writes = useEdits('WRITE_CONTENT');
  const members = useChartValue(controller, ({ drawn }) => drawn.links.get(id)?.members) ?? [id];
  return (
    <>
      <MenuItem onSelect={() => controller.selectLink(id)}>{t('network.action.select')}</MenuItem>
      {graph.hasEdge(id) && graph.extremities(id).map((end) => (
        <MenuItem key={end} onSelect={() => actions.select([end])}><bdi>{t('network.action.selectEnd', { name: controller.store.nameOf(end) })}</bdi></MenuItem>
      ))}
      <MenuItem onSelect={() => actions.hide(members)}>{t('network.action.hide')}</MenuItem>
      {writes && <MenuItem onSelect={() => actions.task(members)}>{t('network.action.task')}</MenuItem>}
    </>
  );
}

/** The menu at a point of the canvas: of an item, or of a link. */
export function PointMenu({ at, onClose, ...rest }: Properties & { readonly at: Point; readonly onClose: () => void }): ReactNode {
  const { store } = rest.controller;
  const isLink = store.graph.hasEdge(rest.id);
  const link = isLink ? store.graph.getEdgeAttributes(rest.id).link : null;
  const name = link ? linkName(link.kind, link.label) : store.nameOf(rest.id);
  return (
    <Radix.Root open modal={false} dir={direction()} onOpenChange={(open) => { if (!open) onClose(); }}>
      <Radix.Trigger asChild>
        <span role="button" tabIndex={-1} className={own['point']} style={{ left: at.x, top: at.y }} aria-label={t('network.menu.label', { name })} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles['menu']} align="start" collisionPadding={8} aria-label={t('network.menu.label', { name })}>
          {isLink ? <LinkActions {...rest} /> : <ItemActions {...rest} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
