/** Calls back when light turns to dark or another language is spoken, or when the page moves to a screen of another pixel ratio. */
export function onLookChange(recolour: () => void, sharpen: () => void): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const attributes = new MutationObserver(recolour);
  attributes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style', 'lang'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour, { signal });
  const watchRatio = (): void => {
    matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener('change', () => {
      sharpen();
      if (!signal.aborted) watchRatio();
    }, { signal, once: true });
  };
  watchRatio();
  return () => {
    attributes.disconnect();
    abort.abort();
  };
}
