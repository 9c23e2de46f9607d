import { useState } from 'react';

/** A width that somebody chose, in CSS px, kept in this browser; null until then. */
export function useKeptWidth(name: string): [number | null, (width: number) => void] {
  const key = `width.${name}`;
  const [width, setWidth] = useState(() => Number(localStorage.getItem(key)) || null);
  return [width, (wanted) => {
    localStorage.setItem(key, String(wanted));
    setWidth(wanted);
  }];
}
