import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];
export const textSizes = [100, 115, 130] as const;
export type TextSize = (typeof textSizes)[number];

const dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
const listeners = new Set<() => void>();

const readTheme = (): Theme => themes.find((theme) => theme === localStorage.getItem('theme')) ?? 'system';
const readSize = (): TextSize => textSizes.find((size) => String(size) === localStorage.getItem('textSize')) ?? 100;

let look = { theme: readTheme(), size: readSize() };

/** Puts the chosen look on the root element: data-theme is always "light" or "dark". */
export function applyLook(): void {
  const resolved = look.theme === 'system' ? (dark?.matches ? 'dark' : 'light') : look.theme;
  document.documentElement.dataset['theme'] = resolved;
  document.documentElement.dataset['size'] = String(look.size);
}

function change(next: typeof look): void {
  look = next;
  localStorage.setItem('theme', next.theme);
  localStorage.setItem('textSize', String(next.size));
  applyLook();
  for (const listener of listeners) listener();
}

export const chooseTheme = (theme: Theme): void => change({ ...look, theme });
export const chooseSize = (size: TextSize): void => change({ ...look, size });

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLook = (): typeof look => useSyncExternalStore(subscribe, () => look);

dark?.addEventListener('change', applyLook);
