import { useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { direction } from '@/text/language';
import styles from '@/ui/Grip.module.css';

const step = 20;

interface Properties {
  readonly label: string;
  readonly narrowest: number;
  readonly widest: number;
  /** Told how wide what it is the edge of should be, in CSS px. */
  readonly onWidth: (width: number) => void;
}

/** The start edge of what holds it, by which that is drawn wider or narrower: with the pointer, or by the arrow keys. */
export function Grip({ label, narrowest, widest, onWidth }: Properties): ReactNode {
  const grip = useRef<HTMLDivElement>(null);
  const [now, setNow] = useState(narrowest);
  useLayoutEffect(() => {
    const held = grip.current?.parentElement;
    if (!held) return undefined;
    const observer = new ResizeObserver(() => setNow(held.offsetWidth));
    observer.observe(held);
    return () => observer.disconnect();
  }, []);
  const set = (wanted: number): void => onWidth(Math.round(Math.min(widest, Math.max(narrowest, wanted))));
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'ArrowLeft' || key === 'ArrowRight') set(now + ((key === 'ArrowRight') === (direction() === 'rtl') ? step : -step));
  };
  const onMove = ({ currentTarget, pointerId, clientX }: PointerEvent): void => {
    const held = currentTarget.parentElement?.getBoundingClientRect();
    if (held && currentTarget.hasPointerCapture(pointerId)) set(direction() === 'rtl' ? clientX - held.left : held.right - clientX);
  };
  return (
    // A focusable separator is a widget; the rules do not know it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={grip} role="separator" aria-orientation="vertical" aria-label={label} aria-valuenow={now} aria-valuemin={narrowest} aria-valuemax={widest}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0} className={styles['grip']} onKeyDown={onKeyDown} onPointerMove={onMove}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)} />
  );
}
