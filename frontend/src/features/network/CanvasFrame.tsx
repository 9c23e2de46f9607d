import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { GraphCanvas } from '@/graphview/GraphCanvas';
import type { Point } from '@/graphview/model/types';
import type { Tool } from '@/graphview/scene/pointer';
import type { Scene } from '@/graphview/scene/scene';
import type { ChartController } from '@/features/network/ChartController';
import { FindBox } from '@/features/network/FindBox';
import { PointMenu } from '@/features/network/ItemMenu';
import { carryOut, commandOf } from '@/features/network/keyboard';
import { linkWords } from '@/features/network/linkWords';
import type { Actions } from '@/features/network/useActions';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import styles from '@/features/network/network.module.css';

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly tool: Tool;
  readonly letters: boolean;
  readonly say: (text: string) => void;
  readonly onTable: () => void;
  readonly onNoPicture: () => void;
  /** While a slot of the path finder waits, a click on an item fills it. True when it took the item. */
  readonly onPick: (id: string) => boolean;
}

interface Menued {
  readonly id: string;
  readonly at: Point;
}

/** The focusable frame around the canvas: keys, pointer, menu and zoom. */
export function CanvasFrame({ controller, actions, tool, letters, say, onTable, onNoPicture, onPick }: Properties): ReactNode {
  const [menu, setMenu] = useState<Menued | null>(null);
  const [finding, setFinding] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const onScene = useCallback((scene: Scene | null) => controller.attach(scene), [controller]);
  const menuAt = (id: string): void => {
    const box = frame.current?.getBoundingClientRect();
    const on = controller.scene?.viewportPlace(id);
    setMenu({ id, at: { x: (box?.left ?? 0) + (on?.x ?? 0), y: (box?.top ?? 0) + (on?.y ?? 0) } });
  };
  const events = useMemo(() => ({
    onItem: (id: string, add: boolean) => {
      frame.current?.focus({ preventScroll: true });
      if (!onPick(id)) actions.select([id], add);
    },
    onLink: (id: string, add: boolean) => controller.selectLink(id, add),
    onNothing: () => controller.store.update({ selected: new Set(), selectedLinks: new Set(), spotlight: null }),
    onOpen: (id: string) => actions.expand(id),
    onMenu: (id: string, at: Point) => setMenu({ id, at }),
    onDragged: (id: string, from: Point, to: Point) => controller.dragged(id, from, to),
    onLasso: (ids: readonly string[], add: boolean) => actions.select(ids, add),
  }), [controller, actions, onPick]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== frame.current) return;
    const command = commandOf(event, letters);
    if (!command) return;
    event.preventDefault();
    carryOut(command, { controller, actions, say, onTable, onFind: () => setFinding(true), onMenu: menuAt });
  };
  return (
    <div className={styles['frameHolder']}>
      {/* The chart is one widget with its own keys; the table holds the same for reading. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div ref={frame} role="application" aria-label={t('network.frame')} className={styles['frame']}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0} onKeyDown={onKeyDown} onBlur={() => controller.store.update({ hovered: null })}>
        <GraphCanvas store={controller.store} tool={tool} events={events} words={linkWords} onScene={onScene} onNoPicture={onNoPicture} />
      </div>
      <div className={styles['zoom']}>
        <IconButton label={t('network.zoomIn')} icon={<IconPlus size={16} aria-hidden />} onClick={() => controller.scene?.zoom(1.4)} />
        <IconButton label={t('network.zoomOut')} icon={<IconMinus size={16} aria-hidden />} onClick={() => controller.scene?.zoom(1 / 1.4)} />
        <IconButton label={t('network.fit')} icon={<IconFocusCentered size={16} aria-hidden />} onClick={() => controller.scene?.fit()} />
      </div>
      {finding && <FindBox controller={controller} actions={actions} onClose={() => {
        setFinding(false);
        frame.current?.focus();
      }} />}
      {menu && <PointMenu controller={controller} actions={actions} id={menu.id} at={menu.at} onClose={() => {
        setMenu(null);
        frame.current?.focus();
      }} />}
    </div>
  );
}
