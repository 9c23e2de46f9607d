import { useEffect, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '@/text/text';
import type { Beside, Shown } from '@/ui/beside/useBeside';
import { Grip } from '@/ui/Grip';
import styles from '@/ui/beside/beside.module.css';

const narrowest = 400;
const widest = 820;

interface Properties {
  /** What it is beside: "Exhibit beside the chart". */
  readonly label: string;
  readonly shown: Shown;
  readonly opener: Beside['opener'];
  readonly onWidth: Beside['onWidth'];
  readonly children: ReactNode;
}

/** The place beside a page, in a grid that has room for it; it covers the screen on phones. It takes the focus and gives it back where it was opened; Escape closes it. */
export function BesideHolder({ label, shown: { holder, onClose }, opener, onWidth, children }: Properties): ReactNode {
  useEffect(() => {
    const from = opener;
    if (from.current) holder.current?.focus({ preventScroll: true });
    return () => {
      // The focus that was in here is nowhere now; one that was elsewhere stays there.
      if (document.activeElement !== document.body) return;
      const back = from.current?.isConnected ? from.current : document.querySelector('main');
      if (back instanceof HTMLElement) back.focus();
    };
  }, [holder, opener]);
  const onKeyDown = ({ key, target }: KeyboardEvent): void => {
    if (key === 'Escape' && !(target instanceof Element && target.closest('dialog, [role="menu"]'))) onClose();
  };
  return (
    // The keys are heard from what is inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside ref={holder} tabIndex={-1} aria-label={label} className={styles['holder']} onKeyDown={onKeyDown}>
      <Grip label={t('beside.width')} narrowest={narrowest} widest={widest} onWidth={onWidth} />
      {children}
    </aside>
  );
}
