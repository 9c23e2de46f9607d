import { IconX } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore, type ReactNode } from 'react';
import type { Group } from '@/graphview/model/groups';
import type { Item } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import { LinkPanel } from '@/features/network/LinkPanel';
import { PathFinder, type PathEnds } from '@/features/network/PathFinder';
import { Sheet, SHEET_REST } from '@/features/network/Sheet';
import { SidePanel } from '@/features/network/SidePanel';
import type { Actions } from '@/features/network/useActions';
import { useChartValue } from '@/features/network/useChart';
import { t } from '@/text/text';
import { Button, IconButton, LinkButton } from '@/ui/Button';
import { Grip } from '@/ui/Grip';
import { KindIcon } from '@/ui/KindIcon';
import { useKeptWidth } from '@/ui/useKeptWidth';
import { useNarrow } from '@/ui/useNarrow';
import panel from '@/features/network/panel.module.css';
import styles from '@/features/network/network.module.css';

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly space: string;
  readonly paths: PathEnds | null;
  readonly onPaths: (ends: PathEnds | null) => void;
}

const NARROWEST = 360;
const WIDEST = 560;

/** Items by name, as far as a list can be read. */
function ItemList({ items, onPick }: { readonly items: readonly Item[]; readonly onPick: (id: string) => void }): ReactNode {
  return (
    <ul className={`${panel['several'] ?? ''} ${panel['scroll'] ?? ''}`}>{items.slice(0, 500).map((item) => (
      <li key={item.id}><KindIcon kind={item.kind} size={18} /><LinkButton onClick={() => onPick(item.id)}><bdi>{item.caption}</bdi></LinkButton></li>
    ))}</ul>
  );
}

/** What a group holds; opening an item of it opens the group. */
function GroupPanel({ group, head, controller, actions, onClose }: Pick<Properties, 'controller' | 'actions'> & {
  readonly group: Group; readonly head: string; readonly onClose: () => void;
}): ReactNode {
  return (
    <section className={panel['panel']} aria-label={t('network.panel.tabs')}>
      <header className={panel['head']}>
        <h2>{t('network.group.title', { name: group.name })}</h2>
        <IconButton small label={t('network.panel.close')} icon={<IconX size={18} aria-hidden />} onClick={onClose} />
      </header>
      <ItemList items={[...group.members].flatMap((id) => controller.store.item(id) ?? [])} onPick={(id) => {
        actions.group([head]);
        actions.select([id]);
      }} />
      <footer className={panel['foot']}>
        <Button small onClick={() => actions.group([head])}>{t('network.action.ungroup')}</Button>
        <Button small onClick={() => actions.hide([head])}>{t('network.action.hide')}</Button>
      </footer>
    </section>
  );
}

function Several({ controller, actions, onClose }: Pick<Properties, 'controller' | 'actions'> & { readonly onClose: () => void }): ReactNode {
  const selected = useChartValue(controller, ({ view }) => view.selected);
  const items = [...selected].flatMap((id) => controller.store.item(id) ?? []);
  return (
    <section className={panel['panel']} aria-label={t('network.panel.tabs')}>
      <header className={panel['head']}>
        <h2>{t('network.panel.several', { items: t('network.items', { count: items.length }) })}</h2>
        <IconButton small label={t('network.panel.close')} icon={<IconX size={18} aria-hidden />} onClick={onClose} />
      </header>
      <ItemList items={items} onPick={(id) => actions.select([id])} />
      <footer className={panel['foot']}>
        <Button small onClick={() => actions.group([...selected])}>{t('network.action.group')}</Button>
        <Button small onClick={() => actions.hide([...selected])}>{t('network.action.hide')}</Button>
        <Button small onClick={() => actions.pin([...selected], true)}>{t('network.action.pin')}</Button>
        <Button small onClick={() => actions.pin([...selected], false)}>{t('network.action.unpin')}</Button>
        {selected.size === 2 && <Button small onClick={() => actions.paths()}>{t('network.tool.paths')}</Button>}
      </footer>
    </section>
  );
}

/** What the panel shows now; null leaves its place empty. */
function useContent({ controller, actions, space, paths, onPaths }: Properties): ReactNode {
  const selected = useChartValue(controller, ({ view }) => view.selected);
  const link = useChartValue(controller, ({ view }) => [...view.selectedLinks].at(-1) ?? null);
  const clear = (): void => controller.store.update({ selected: new Set(), selectedLinks: new Set() });
  const only = selected.size === 1 ? [...selected][0] : undefined;
  const group = useChartValue(controller, ({ view }) => (only === undefined ? undefined : view.groups.get(only)));
  if (paths) {
    return <PathFinder controller={controller} space={space} ends={paths} onEnds={onPaths} onClose={() => {
      controller.store.update({ spotlight: null });
      onPaths(null);
    }} />;
  }
  if (only !== undefined && group) return <GroupPanel group={group} head={only} controller={controller} actions={actions} onClose={clear} />;
  if (only !== undefined) return <SidePanel key={only} controller={controller} actions={actions} space={space} id={only} onClose={clear} />;
  if (selected.size > 1) return <Several controller={controller} actions={actions} onClose={clear} />;
  if (link !== null) return <LinkPanel key={link} controller={controller} actions={actions} space={space} id={link} onClose={clear} />;
  return null;
}

const wideQuery = typeof matchMedia === 'function' ? matchMedia('(min-width: 1024px)') : null;

function subscribeWide(listener: () => void): () => void {
  wideQuery?.addEventListener('change', listener);
  return () => wideQuery?.removeEventListener('change', listener);
}

/** True where the panel has a place of its own, whether or not something is selected. */
const useWide = (): boolean => useSyncExternalStore(subscribeWide, () => wideQuery?.matches ?? true);

/** The place of the side panel: draggable from 360 to 560 px, a sheet on phones. */
export function Side(properties: Properties): ReactNode {
  const content = useContent(properties);
  const narrow = useNarrow();
  const wide = useWide();
  const only = useChartValue(properties.controller, ({ view }) => (view.selected.size === 1 ? [...view.selected][0] : undefined));
  useEffect(() => {
    if (narrow && only !== undefined) properties.controller.scene?.reveal(only, SHEET_REST);
  }, [narrow, only, properties.controller]);
  const [width, setWidth] = useKeptWidth('panel');
  if (narrow) return content && <Sheet label={t('network.panel.tabs')} onClose={() => {
    properties.onPaths(null);
    properties.controller.store.update({ selected: new Set(), selectedLinks: new Set() });
  }}>{content}</Sheet>;
  if (!content && !wide) return null;
  return (
    <div className={styles['sideHolder']} style={width === null ? undefined : { inlineSize: `${width}px` }}>
      <Grip label={t('network.panel.width')} narrowest={NARROWEST} widest={WIDEST} onWidth={setWidth} />
      {content ?? <p className={panel['hint']}>{t('network.panel.nothing')}</p>}
    </div>
  );
}
