import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import styles from '@/graphview/GraphCanvas.module.css';
import { FONTS } from '@/graphview/labels/draw';
import { LabelLayer } from '@/graphview/labels/overlay';
import type { LinkWords } from '@/graphview/labels/linkLabels';
import type { Point } from '@/graphview/model/types';
import { onLookChange } from '@/graphview/lookChange';
import { onContextLost } from '@/graphview/scene/contextLoss';
import { Pointer, type PointerEvents, type Tool } from '@/graphview/scene/pointer';
import { Scene } from '@/graphview/scene/scene';
import type { ChartStore } from '@/graphview/store';

interface Properties {
  readonly store: ChartStore;
  readonly tool: Tool;
  readonly events: Omit<PointerEvents, 'onLassoPath'>;
  readonly words: LinkWords;
  /** Gives the scene to whoever fits, zooms and glides; null when there is none. */
  readonly onScene: (scene: Scene | null) => void;
  /** No picture can be drawn here. */
  readonly onNoPicture: () => void;
}

const MOST_ATTEMPTS = 3;

/** The bare canvas layers. The focusable frame with its name is around it. */
export function GraphCanvas({ store, tool, events, words, onScene, onNoPicture }: Properties): ReactNode {
  const container = useRef<HTMLDivElement>(null);
  const [attempt, setAttempt] = useState(0);
  const [lasso, setLasso] = useState<readonly Point[]>([]);
  const pointer = useRef<Pointer | null>(null);
  const latest = useRef({ events, words, onScene, onNoPicture });
  useLayoutEffect(() => {
    latest.current = { events, words, onScene, onNoPicture };
    if (pointer.current) pointer.current.tool = tool;
  });

  useEffect(() => {
    if (!container.current || attempt >= MOST_ATTEMPTS) {
      latest.current.onNoPicture();
      return undefined;
    }
    const opened = open(container.current, store, (links) => latest.current.words(links), {
      onItem: (...rest) => latest.current.events.onItem(...rest),
      onLink: (...rest) => latest.current.events.onLink(...rest),
      onNothing: () => latest.current.events.onNothing(),
      onOpen: (...rest) => latest.current.events.onOpen(...rest),
      onMenu: (...rest) => latest.current.events.onMenu(...rest),
      onDragged: (...rest) => latest.current.events.onDragged(...rest),
      onLasso: (...rest) => latest.current.events.onLasso(...rest),
      onLassoPath: (path) => setLasso([...path]),
    });
    if (!opened) {
      latest.current.onNoPicture();
      return undefined;
    }
    pointer.current = opened.pointer;
    latest.current.onScene(opened.scene);
    const stopWatching = onLookChange(() => opened.scene.recolour(), () => opened.scene.sharpen());
    const stopListening = onContextLost(opened.scene, () => setAttempt((count) => count + 1));
    return () => {
      stopListening();
      stopWatching();
      latest.current.onScene(null);
      pointer.current = null;
      opened.pointer.destroy();
      opened.scene.destroy();
    };
  }, [store, attempt]);

  return (
    <div className={styles['canvas']} data-tool={tool}>
      <div ref={container} className={styles['layers']} aria-hidden="true" />
      {lasso.length > 1 && (
        <svg className={styles['lasso']} aria-hidden="true">
          <polygon points={lasso.map(({ x, y }) => `${x},${y}`).join(' ')} />
        </svg>
      )}
    </div>
  );
}

interface Opened {
  readonly scene: Scene;
  readonly pointer: Pointer;
}

/** Null where the browser gives no WebGL context. */
function open(container: HTMLElement, store: ChartStore, words: LinkWords, events: PointerEvents): Opened | null {
  if (!hasWebGl()) return null;
  const scene = new Scene(container, store);
  const labels = new LabelLayer(scene, words);
  const fonts = Object.values(FONTS).map((font) => document.fonts.load(font));
  void Promise.allSettled(fonts).then(() => labels.fontsArrived());
  return { scene, pointer: new Pointer(scene, events) };
}

function hasWebGl(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}
