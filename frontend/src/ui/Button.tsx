import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from '@/ui/controls.module.css';

interface Properties extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly small?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** The class names of a button, for links that look like one. */
export function buttonClass(look: Properties['look'] = 'plain', small = false): string {
  const extra = look === 'plain' ? '' : (styles[look] ?? '');
  return [styles['button'], extra, small ? styles['small'] : ''].filter(Boolean).join(' ');
}

/** A button says verb and object. */
export function Button({ look = 'plain', small = false, className = '', type = 'button', ...rest }: Properties): ReactNode {
  return <button {...rest} type={type} className={`${buttonClass(look, small)} ${className}`} />;
}

interface IconProperties extends Omit<Properties, 'children' | 'aria-label'> {
  /** What it does, in words: there is no icon without them. */
  readonly label: string;
  readonly icon: ReactNode;
}

export function IconButton({ label, icon, look = 'quiet', small = false, className = '', ...rest }: IconProperties): ReactNode {
  return (
    <button {...rest} type="button" aria-label={label} title={label} className={`${buttonClass(look, small)} ${styles['icon'] ?? ''} ${className}`}>
      {icon}
    </button>
  );
}

/** A button that reads as a link, within a sentence or a panel's head. */
export function LinkButton({ className = '', ...rest }: ButtonHTMLAttributes<HTMLButtonElement>): ReactNode {
  return <button {...rest} type="button" className={`${styles['link'] ?? ''} ${className}`} />;
}
