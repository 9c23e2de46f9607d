/** So long after the last key, click or wheel a person counts as being there, in milliseconds. */
export const staysFor = 30_000;

let last = performance.now();
const told = new Set<() => void>();
for (const type of ['keydown', 'pointerdown', 'wheel']) {
  addEventListener(type, () => {
    last = performance.now();
    for (const tell of told) tell();
  }, { capture: true, passive: true });
}

/** Tells of every key, click and turn of the wheel; gives back what stops it. */
export function onAttended(tell: () => void): () => void {
  told.add(tell);
  return () => void told.delete(tell);
}

/** Whether a person asks; else a notice or a timer of a page left open does, which must not keep an idle session alive. */
export const attended = (): boolean => performance.now() - last < staysFor;
