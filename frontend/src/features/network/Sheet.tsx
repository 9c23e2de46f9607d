import { useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { t } from '@/text/text';
import styles from '@/features/network/network.module.css';

/** Height of a sheet at rest, in CSS pixels. */
export const SHEET_REST = 412;
const LOW = 96;

interface Properties {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A bottom sheet for phones: rests at 412 px, drags down to 96 or up to full; dragged below, it closes. */
export function Sheet({ label, onClose, children }: Properties): ReactNode {
  const [height, setHeight] = useState<number>(SHEET_REST);
  const drag = useRef<{ readonly y: number; readonly height: number } | null>(null);
  const start = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { y: event.clientY, height };
  };
  const move = (event: PointerEvent): void => {
    if (drag.current) setHeight(Math.max(40, drag.current.height + drag.current.y - event.clientY));
  };
  const end = (): void => {
    drag.current = null;
    const full = window.innerHeight * 0.88;
    const places = [LOW, SHEET_REST, full];
    if (height < LOW / 2 + 12) onClose();
    else setHeight(places.reduce((best, each) => (Math.abs(each - height) < Math.abs(best - height) ? each : best), LOW));
  };
  return (
    <section className={styles['sheet']} aria-label={label} style={{ blockSize: `min(${height}px, 92%)` }}>
      <button type="button" className={styles['handle']} aria-label={t('network.panel.close')} onPointerDown={start} onPointerMove={move} onPointerUp={end}
        onKeyDown={({ key }) => { if (key === 'Enter' || key === ' ') onClose(); }} />
      <div className={styles['sheetBody']}>{children}</div>
    </section>
  );
}
