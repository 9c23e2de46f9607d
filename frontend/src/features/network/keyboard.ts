import { nearestTowards, type Heading } from '@/graphview/scene/nearest';
import type { ChartController } from '@/features/network/ChartController';
import type { Actions } from '@/features/network/useActions';

/** What a key asks for. */
export type Command =
  | 'expand' | 'paths' | 'hide' | 'group' | 'addEntity' | 'addLink' | 'legend' | 'table' | 'find' | 'keys' | 'zoomIn' | 'zoomOut' | 'fit'
  | 'undo' | 'redo' | 'clear' | 'open' | 'toggle' | 'menu' | 'left' | 'right' | 'up' | 'down';

const LETTERS: Partial<Record<string, Command>> = { e: 'expand', p: 'paths', h: 'hide', g: 'group', n: 'addEntity', k: 'addLink', l: 'legend', t: 'table' };
const OTHERS: Partial<Record<string, Command>> = {
  '/': 'find', '?': 'keys', '+': 'zoomIn', '=': 'zoomIn', '-': 'zoomOut', '0': 'fit', Escape: 'clear', Enter: 'open', ' ': 'toggle',
  ContextMenu: 'menu', ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
};

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The command of a key; null when it is not one of the chart's. `letters` false turns single-letter keys off. */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key, letters: boolean): Command | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === 'z' ? (shiftKey ? 'redo' : 'undo') : null;
  if (shiftKey && key === 'F10') return 'menu';
  return OTHERS[key] ?? (letters && !shiftKey ? (LETTERS[key.toLowerCase()] ?? null) : null);
}

/** The item that the arrow keys start from: the one under the keys, else the selected one. */
export function cursorOf({ store }: ChartController): string | null {
  const { view, drawn } = store.snapshot();
  const first = [view.hovered, ...view.selected].find((id) => id !== null && drawn.items.has(id));
  return first ?? null;
}

/** The item that an arrow key leads to; any item when there is no start. */
export function itemTowards(controller: ChartController, heading: Heading): string | null {
  const { store } = controller;
  const { drawn } = store.snapshot();
  const start = cursorOf(controller);
  if (start === null) return [...drawn.items][0] ?? null;
  const places = [...drawn.items].filter((id) => id !== start).map((id) => [id, store.place(id)] as const);
  return nearestTowards(store.place(start), heading, places);
}

export interface FrameCommands {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly say: (text: string) => void;
  readonly onTable: () => void;
  readonly onFind: () => void;
  readonly onMenu: (id: string) => void;
}

/** Carries a command out. */
export function carryOut(command: Command, { controller, actions, say, onTable, onFind, onMenu }: FrameCommands): void {
  const { store, scene } = controller;
  const cursor = cursorOf(controller);
  switch (command) {
    case 'expand': actions.expand(cursor ?? undefined); return;
    case 'paths': actions.paths(); return;
    case 'hide': actions.hide(); return;
    case 'group': actions.group(); return;
    case 'addEntity': actions.addEntity(); return;
    case 'addLink': actions.addLink(); return;
    case 'legend': actions.legend(); return;
    case 'table': onTable(); return;
    case 'find': onFind(); return;
    case 'keys': actions.keys(); return;
    case 'zoomIn': scene?.zoom(1.4); return;
    case 'zoomOut': scene?.zoom(1 / 1.4); return;
    case 'fit': scene?.fit(); return;
    case 'undo': actions.undo(); return;
    case 'redo': actions.redo(); return;
    case 'clear': store.update({ selected: new Set(), selectedLinks: new Set(), hovered: null, hoveredLink: null, spotlight: null }); return;
    case 'open': if (cursor !== null) actions.select([cursor]); return;
    case 'toggle': if (cursor !== null) actions.select([cursor], true); return;
    case 'menu': if (cursor !== null) onMenu(cursor); return;
    case 'left': case 'right': case 'up': case 'down': step(controller, command, say); return;
    default: command satisfies never;
  }
}

function step(controller: ChartController, heading: Heading, say: (text: string) => void): void {
  const next = itemTowards(controller, heading);
  if (next === null) return;
  controller.store.update({ hovered: next });
  controller.scene?.reveal(next);
  say(controller.store.nameOf(next));
}
