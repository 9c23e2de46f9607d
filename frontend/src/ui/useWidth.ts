import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** The inline size of an element in its own CSS px, and the reference that measures it; null before it is drawn. */
export function useWidth<E extends HTMLElement>(): [RefObject<E | null>, number | null] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    const measured = element.current;
    setWidth(measured.offsetWidth);
    const observer = new ResizeObserver(() => setWidth(measured.offsetWidth));
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
