import { useEffect, useRef, type ReactNode } from 'react';
import type { Version } from '@/features/evidence/versions/versions';
import { t } from '@/text/text';
import { Segmented } from '@/ui/Segmented';
import styles from '@/features/evidence/versions/versions.module.css';

interface Properties {
  readonly versions: readonly Version[];
  readonly value: string;
  /** What can be chosen beside them. */
  readonly more?: readonly { readonly value: string; readonly label: string }[];
  /** Whether it takes the focus: what is in view was chosen here, and the choice was drawn anew with it. */
  readonly focused: boolean;
  readonly onChange: (value: string) => void;
}

/** Which of an original and its translations is in view. */
export function VersionChoice({ versions, value, more = [], focused, onChange }: Properties): ReactNode {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) holder.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, [focused]);
  return (
    <div ref={holder} className={styles['choice']}>
      <Segmented label={t('viewer.versions')} value={value} onChange={onChange} options={[...versions.map(({ id, label }) => ({ value: id, label })), ...more]} />
    </div>
  );
}
