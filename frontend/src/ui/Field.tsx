import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import styles from '@/ui/controls.module.css';

interface Shared {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | null | undefined;
  /** For what is compared character by character. */
  readonly mono?: boolean;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid': boolean;
  readonly className: string;
}

function Wired({ label, hint, problem, mono, render }: Shared & { readonly render: (wiring: Wiring) => ReactNode }): ReactNode {
  const id = useId();
  const about = problem ?? hint;
  const wiring: Wiring = {
    id,
    'aria-invalid': Boolean(problem),
    className: `${styles['input'] ?? ''} ${mono ? (styles['mono'] ?? '') : ''}`,
    ...(about ? { 'aria-describedby': `${id}-about` } : {}),
  };
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      {render(wiring)}
      {about && <span id={`${id}-about`} className={problem ? styles['problem'] : styles['hint']}>{about}</span>}
    </div>
  );
}

type TextProperties = Shared & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id'> & { readonly onChange: (value: string) => void };

export function TextField({ label, hint, problem, mono = false, onChange, ...rest }: TextProperties): ReactNode {
  return (
    <Wired label={label} hint={hint} problem={problem} mono={mono} render={(wiring) => (
      <input type="text" autoComplete="off" dir="auto" {...rest} {...wiring} onChange={(event) => onChange(event.target.value)} />
    )} />
  );
}

type AreaProperties = Shared & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'id'> & { readonly onChange: (value: string) => void };

export function TextArea({ label, hint, problem, mono = false, onChange, ...rest }: AreaProperties): ReactNode {
  return (
    <Wired label={label} hint={hint} problem={problem} mono={mono} render={(wiring) => (
      <textarea dir="auto" {...rest} {...wiring} onChange={(event) => onChange(event.target.value)} />
    )} />
  );
}

type SelectProperties = Shared & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'id'> & {
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
};

export function SelectField({ label, hint, problem, mono = false, onChange, children, ...rest }: SelectProperties): ReactNode {
  return (
    <Wired label={label} hint={hint} problem={problem} mono={mono} render={(wiring) => (
      <select {...rest} {...wiring} onChange={(event) => onChange(event.target.value)}>{children}</select>
    )} />
  );
}

interface CheckProperties {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function Check({ label, checked, onChange, disabled = false }: CheckProperties): ReactNode {
  const id = useId();
  return (
    <span className={styles['check']}>
      <input id={id} type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>{label}</label>
    </span>
  );
}

/** Several controls under one name. */
export function FieldGroup({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <fieldset className={styles['field']}>
      <legend className={styles['legend']}>{label}</legend>
      {children}
    </fieldset>
  );
}
