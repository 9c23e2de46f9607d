import { useRef, type HTMLAttributes, type KeyboardEvent, type ReactNode } from 'react';
import { direction } from '@/text/language';
import styles from '@/ui/Tabs.module.css';

interface Tab {
  readonly id: string;
  readonly label: string;
}
interface Properties {
  /** Shared with `tabPanel`. */
  readonly id: string;
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

/** The attributes of the panel that the tabs of this id show. It takes the focus, so that the keys scroll what only reads. */
export const tabPanel = (id: string, selected: string): HTMLAttributes<HTMLElement> =>
  ({ role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': `${id}-${selected}`, tabIndex: 0 });

const step: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Tabs after the ARIA pattern: arrows move and select, Tab goes to the panel. */
export function Tabs({ id, label, tabs, selected, onSelect }: Properties): ReactNode {
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const by = step[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const forward = direction() === 'rtl' ? -by : by;
    const at = (tabs.findIndex((tab) => tab.id === selected) + forward + tabs.length) % tabs.length;
    const next = tabs[at];
    if (!next) return;
    onSelect(next.id);
    bar.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus();
  };
  return (
    <div ref={bar} role="tablist" tabIndex={-1} aria-label={label} className={styles['tabs']} onKeyDown={move}>
      {tabs.map((tab) => (
        <button key={tab.id} type="button" role="tab" id={`${id}-${tab.id}`} aria-selected={tab.id === selected}
          aria-controls={`${id}-panel`} tabIndex={tab.id === selected ? 0 : -1} className={styles['tab']}
          onClick={() => onSelect(tab.id)}>
          {tab.label}
        </button>
      ))}
    </div>
  );
}
