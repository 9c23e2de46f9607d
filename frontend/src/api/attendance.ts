/** So long after the last key, click or wheel a person counts as being there, in milliseconds. */
export const staysFor = 30_000;

let last = performance.now();
for (const type of ['keydown', 'pointerdown', 'wheel']) {
  addEventListener(type, () => {
    last = performance.now();
  }, { capture: true, passive: true });
}

/** Whether a person asks; else a notice or a timer of a page left open does, which must not keep an idle session alive. */
export const attended = (): boolean => performance.now() - last < staysFor;
