import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Item } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import type { Actions } from '@/features/network/useActions';
import { t } from '@/text/text';
import styles from '@/features/network/network.module.css';
import controls from '@/ui/controls.module.css';

const MARKS = /\p{M}/gu;

/** Letters without case and marks, so that "Melnyte" finds "Melnytė". */
export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(MARKS, '').toLocaleLowerCase();
}

/** Drawn items whose name holds the text. */
export function matches(items: Iterable<Item>, text: string): string[] {
  const wanted = folded(text.trim());
  if (!wanted) return [];
  return [...items].filter(({ caption }) => folded(caption).includes(wanted)).map(({ id }) => id);
}

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly onClose: () => void;
}

/** Finds items on the chart by name; Enter goes from one to the next. */
export function FindBox({ controller, actions, onClose }: Properties): ReactNode {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const { store } = controller;
  const found = matches([...store.snapshot().drawn.items].flatMap((id) => store.item(id) ?? []), text);
  useEffect(() => {
    input.current?.focus();
    return () => store.update({ spotlight: null });
  }, [store]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    const next = found[at % Math.max(1, found.length)];
    if (event.key !== 'Enter' || next === undefined) return;
    actions.select([next]);
    controller.scene?.reveal(next);
    setAt(at + 1);
  };
  return (
    <div className={styles['find']} role="search">
      <input ref={input} type="text" className={controls['input']} aria-label={t('network.find')} placeholder={t('network.find')} value={text}
        dir="auto" autoComplete="off" onKeyDown={onKeyDown} onBlur={onClose} onChange={({ target }) => {
          setText(target.value);
          setAt(0);
          const ids = matches([...store.snapshot().drawn.items].flatMap((id) => store.item(id) ?? []), target.value);
          store.update({ spotlight: ids.length > 0 ? new Set(ids) : null });
        }} />
      <span role="status">{text.trim() && t('network.found', { count: found.length })}</span>
    </div>
  );
}
