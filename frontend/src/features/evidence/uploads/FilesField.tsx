import { useId, type ReactNode } from 'react';
import { buttonClass } from '@/ui/Button';
import styles from '@/features/evidence/evidence.module.css';

interface Properties {
  readonly label: string;
  readonly hint?: string;
  /** One photograph, on a phone by its camera; else as many files as wanted. */
  readonly camera?: boolean;
  readonly onChange: (files: readonly File[]) => void;
}

/** Chooses files. The browser's own words stay hidden: they are in its language, and say nothing of what was chosen before. */
export function FilesField({ label, hint, camera = false, onChange }: Properties): ReactNode {
  const id = useId();
  const way = camera ? { accept: 'image/*', capture: 'environment' as const } : { multiple: true };
  return (
    <div className={styles['choosing']}>
      <input id={id} type="file" className="visually-hidden" {...way} {...(hint ? { 'aria-describedby': `${id}-about` } : {})}
        onChange={(event) => {
          onChange([...(event.target.files ?? [])]);
          event.target.value = ''; // the same file may be chosen again
        }} />
      <label htmlFor={id} className={buttonClass()}>{label}</label>
      {hint && <span id={`${id}-about`} className={styles['xs']}>{hint}</span>}
    </div>
  );
}
