import type { Scene } from '@/graphview/scene/scene';

/** Calls back once when the graphics card takes a context away; the caller then builds a new scene. */
export function onContextLost(scene: Scene, lost: () => void): () => void {
  const abort = new AbortController();
  const once = (event: Event): void => {
    event.preventDefault();
    if (abort.signal.aborted) return;
    abort.abort();
    lost();
  };
  for (const canvas of Object.values(scene.sigma.getCanvases())) {
    canvas.addEventListener('webglcontextlost', once, { signal: abort.signal });
  }
  return () => abort.abort();
}
