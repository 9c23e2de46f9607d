import { useState, type KeyboardEvent } from 'react';
import type { Mentioned } from '@/api/comments';
import { labelOf, meant, typedMention } from '@/features/tasks/comments/mention';

const most = 6;

interface Field {
  readonly text: string;
  readonly caret: number;
  readonly people: readonly Mentioned[];
  /** Puts a text into the field, with the caret behind what was inserted. */
  readonly put: (text: string, caret: number) => void;
}

/** The people offered for what is being typed behind an @: arrows choose, Enter or Tab inserts, Esc closes. */
export function useMentions({ text, caret, people, put }: Field) {
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState<number | null>(null);
  const typed = typedMention(text, caret);
  const offered = typed && closed !== typed.from ? meant(typed.typed, people).slice(0, most) : [];
  const chosen = Math.min(at, offered.length - 1);
  const insert = (person: Mentioned): void => {
    if (!typed) return;
    const before = `${text.slice(0, typed.from)}@${labelOf(person, people)} `;
    setAt(0);
    put(before + text.slice(caret).replace(/^ /, ''), before.length);
  };
  const moves: Partial<Record<string, () => void>> = {
    ArrowDown: () => setAt((chosen + 1) % offered.length),
    ArrowUp: () => setAt((chosen + offered.length - 1) % offered.length),
    Enter: () => offered[chosen] && insert(offered[chosen]),
    Tab: () => offered[chosen] && insert(offered[chosen]),
    Escape: () => setClosed(typed?.from ?? null),
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const move = moves[event.key];
    if (offered.length === 0 || !move || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    event.preventDefault();
    event.stopPropagation();
    move();
    return true;
  };
  return { offered, chosen, insert, onKeyDown };
}
