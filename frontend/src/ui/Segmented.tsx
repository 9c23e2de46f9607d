import type { ReactNode } from 'react';
import styles from '@/ui/controls.module.css';

interface Properties<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, all in sight. */
export function Segmented<Value extends string>({ label, value, options, onChange }: Properties<Value>): ReactNode {
  return (
    <div role="group" aria-label={label} className={styles['segments']}>
      {options.map((option) => (
        <button key={option.value} type="button" className={styles['segment']} aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  );
}
