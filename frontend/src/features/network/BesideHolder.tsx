import { useEffect, type KeyboardEvent, type ReactNode } from 'react';
import type { Beside, Shown } from '@/features/network/useBeside';
import { t } from '@/text/text';
import styles from '@/features/network/network.module.css';

interface Properties {
  readonly shown: Shown;
  readonly opener: Beside['opener'];
  readonly children: ReactNode;
}

/** The place beside the chart; it covers the screen on phones. It takes the focus and gives it back where it was opened; Escape closes it. */
export function BesideHolder({ shown: { holder, onClose }, opener, children }: Properties): ReactNode {
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
    <aside ref={holder} tabIndex={-1} aria-label={t('network.beside')} className={styles['besideHolder']} onKeyDown={onKeyDown}>{children}</aside>
  );
}
