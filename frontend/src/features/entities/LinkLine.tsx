import type { CSSProperties, ReactNode } from 'react';
import type { Strength } from '@/api/generated/graphql';
import styles from '@/features/entities/entity.module.css';

const hues: Partial<Record<string, string>> = {
  ownership: 'organisation', money: 'account', communication: 'communication', personal: 'person', use: 'place', citation: 'exhibit',
};
const patterns: Record<Strength, string | undefined> = {
  CONFIRMED: '', TENTATIVE: styles['tentative'], UNCONFIRMED: styles['unconfirmed'],
};

/** A sample of the line as charts draw it: hue by class, pattern by strength. */
export function LinkLine({ linkClass, strength = 'CONFIRMED' }: { readonly linkClass: string; readonly strength?: Strength }): ReactNode {
  const style = { '--hue': `var(--kind-${hues[linkClass] ?? 'exhibit'})`, display: 'inline-block', verticalAlign: 'middle' } as CSSProperties;
  return <span aria-hidden className={`${styles['line'] ?? ''} ${patterns[strength] ?? ''}`} style={style} />;
}
