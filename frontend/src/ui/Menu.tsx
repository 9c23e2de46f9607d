import * as Radix from '@radix-ui/react-dropdown-menu';
import { IconCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { direction } from '@/text/language';
import styles from '@/ui/Menu.module.css';

interface Properties {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  /** The end edge is the left one where reading runs from right to left. */
  readonly side?: 'top' | 'bottom' | 'end';
}

const endSide = (): 'left' | 'right' => (direction() === 'rtl' ? 'left' : 'right');

/** A menu with arrow keys, typing ahead and Esc, inside the main landmark. Not modal: nothing is injected into the page's styles. */
export function Menu({ trigger, children, align = 'start', side = 'bottom' }: Properties): ReactNode {
  const [home, setHome] = useState<HTMLElement | null>(null);
  return (
    <Radix.Root modal={false} dir={direction()} onOpenChange={(open) => open && setHome(document.querySelector('main'))}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={home}>
        <Radix.Content className={styles['menu']} align={align} side={side === 'end' ? endSide() : side} sideOffset={4} collisionPadding={8}>{children}</Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProperties {
  readonly onSelect: () => void;
  readonly children: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

export function MenuItem({ onSelect, children, danger = false, disabled = false }: ItemProperties): ReactNode {
  return (
    <Radix.Item className={`${styles['item'] ?? ''} ${danger ? (styles['danger'] ?? '') : ''}`} disabled={disabled} onSelect={onSelect}>
      {children}
    </Radix.Item>
  );
}

interface ChoiceProperties<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
}

/** One of several, ticked. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: ChoiceProperties<Value>): ReactNode {
  return (
    <Radix.RadioGroup value={value} aria-label={label} onValueChange={(next) => {
      const found = options.find((option) => option.value === next);
      if (found) onChange(found.value);
    }}>
      <Radix.Label className={styles['label']}>{label}</Radix.Label>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={styles['item']}>
          <IconCheck size={16} aria-hidden visibility={option.value === value ? 'visible' : 'hidden'} />
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export const MenuLine = (): ReactNode => <Radix.Separator className={styles['line']} />;
export const MenuLabel = ({ children }: { readonly children: ReactNode }): ReactNode =>
  <Radix.Label className={styles['label']}>{children}</Radix.Label>;
