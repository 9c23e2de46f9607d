import { useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTurning } from '@/features/evidence/viewer/useTurning';

const acting = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };

/** Knows how many pages there are when an answer comes, as the viewer does. */
function Pages({ answer, onTurn }: { readonly answer: Promise<number>; readonly onTurn: (page: number) => void }): ReactNode {
  const [total, setTotal] = useState(0);
  useEffect(() => {
    answer.then(setTotal, () => undefined);
  }, [answer]);
  useTurning((by) => {
    if (1 + by <= total) onTurn(1 + by);
  });
  return total > 0 && <p>Page 1 of {total}</p>;
}

describe('useTurning', () => {
  beforeEach(() => {
    acting.IS_REACT_ACT_ENVIRONMENT = false;
  });
  afterEach(() => {
    acting.IS_REACT_ACT_ENVIRONMENT = true;
  });

  it('takes a key that is pressed in the instant in which the page appears', async () => {
    const holder = document.body.appendChild(document.createElement('div'));
    const onTurn = vi.fn();
    const appeared = new Promise<void>((resolve) => {
      new MutationObserver(() => {
        dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', cancelable: true }));
        resolve();
      }).observe(holder, { childList: true });
    });
    const answer = new Promise<number>((resolve) => {
      setTimeout(resolve, 50, 2);
    });
    const root = createRoot(holder);
    root.render(<Pages answer={answer} onTurn={onTurn} />);
    await appeared;
    expect(onTurn).toHaveBeenCalledWith(2);
    root.unmount();
  });
});
