import { useLayoutEffect, useRef, type RefObject } from 'react';

/** What was given last, for listeners that outlive a picture: from the instant in which that picture is on screen, not a moment later. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
