import type { CSSProperties, ReactNode } from 'react';
import { CLASS_HUE } from '@/graphview/theme';
import type { Support } from '@/graphview/model/filter';
import type { LinkClass } from '@/graphview/model/types';
import styles from '@/features/network/legend.module.css';

const DASHES: Partial<Record<Support, string>> = { TENTATIVE: '6 4', UNCONFIRMED: '1.5 4' };
const HUES: Partial<Record<Support, string>> = { EXCLUDED: 'var(--court)', RESERVED: 'var(--court)', RETRACTED: 'var(--line2)' };
const STROKES: Partial<Record<Support, readonly number[]>> = { EXCLUDED: [10.5, 15.5], RESERVED: [13], RETRACTED: [13] };

interface Properties {
  readonly linkClass?: LinkClass;
  readonly support?: Support;
}

/** A line exactly as the chart draws it: hue and end mark by class, pattern by strength, strokes across what does not stand. */
export function LinkSample({ linkClass, support = 'CONFIRMED' }: Properties): ReactNode {
  const style = { '--hue': HUES[support] ?? (linkClass ? `var(--kind-${CLASS_HUE[linkClass]})` : 'var(--ink)') } as CSSProperties;
  const money = linkClass === 'money';
  const end = money ? 20 : linkClass === 'ownership' ? 22 : 26;
  return (
    <svg aria-hidden className={styles['sample']} style={style} width="26" height="12" viewBox="0 0 26 12">
      <line x1="0" y1="6" x2={end} y2="6" stroke="var(--hue)" strokeWidth={money ? 3 : 1.6} strokeDasharray={DASHES[support]}
        strokeLinecap={support === 'UNCONFIRMED' ? 'round' : 'butt'} />
      {money && <path d="M18 1.5 26 6l-8 4.5z" fill="var(--hue)" />}
      {linkClass === 'ownership' && <path d="M16 6l4-3 4 3-4 3z" fill="var(--hue)" />}
      {STROKES[support]?.map((x) => <line key={x} x1={x - 2.5} y1="11" x2={x + 2.5} y2="1" stroke="var(--hue)" strokeWidth="1.6" />)}
    </svg>
  );
}
