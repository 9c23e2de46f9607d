import type { CSSProperties, ReactNode } from 'react';
import { CLASS_HUE } from '@/graphview/theme';
import type { LinkClass, LinkStrength } from '@/graphview/model/types';
import styles from '@/features/network/legend.module.css';

const DASHES: Record<LinkStrength, string | undefined> = { CONFIRMED: undefined, TENTATIVE: '6 4', UNCONFIRMED: '1.5 4' };

interface Properties {
  readonly linkClass?: LinkClass;
  readonly strength?: LinkStrength;
}

/** A line exactly as the chart draws it: hue and end mark by class, pattern by strength. */
export function LinkSample({ linkClass, strength = 'CONFIRMED' }: Properties): ReactNode {
  const style = { '--hue': linkClass ? `var(--kind-${CLASS_HUE[linkClass]})` : 'var(--ink)' } as CSSProperties;
  const money = linkClass === 'money';
  const end = money ? 20 : linkClass === 'ownership' ? 22 : 26;
  return (
    <svg aria-hidden className={styles['sample']} style={style} width="26" height="12" viewBox="0 0 26 12">
      <line x1="0" y1="6" x2={end} y2="6" stroke="var(--hue)" strokeWidth={money ? 3 : 1.6} strokeDasharray={DASHES[strength]}
        strokeLinecap={strength === 'UNCONFIRMED' ? 'round' : 'butt'} />
      {money && <path d="M18 1.5 26 6l-8 4.5z" fill="var(--hue)" />}
      {linkClass === 'ownership' && <path d="M16 6l4-3 4 3-4 3z" fill="var(--hue)" />}
    </svg>
  );
}
