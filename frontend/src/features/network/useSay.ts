import { useCallback, useEffect, useRef, useState } from 'react';

const PAUSE = 5000;

/** Keeps what was said to one message in a pause; of several, the last is said when the pause is over. */
export class Speaker {
  private last = -Infinity;
  private waiting: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly speak: (text: string) => void, private readonly now: () => number = Date.now) {}

  say(text: string): void {
    const rest = this.last + PAUSE - this.now();
    if (rest <= 0) {
      this.out(text);
      return;
    }
    this.waiting = text;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.waiting !== null) this.out(this.waiting);
    }, rest);
  }

  /** What waits to be said is not said: it may name what its reader no longer sees. */
  hush(): void {
    this.waiting = null;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private out(text: string): void {
    this.waiting = null;
    this.last = this.now();
    this.speak(text);
  }
}

/** A polite live region's text: `say` answers the reader at once, `tell` gives others' changes, at most one in 5 s; `hush` empties it. */
export function useSay(): {
  readonly said: string; readonly say: (text: string) => void; readonly tell: (text: string) => void; readonly hush: () => void;
} {
  const [said, setSaid] = useState('');
  const speaker = useRef<Speaker | null>(null);
  speaker.current ??= new Speaker(setSaid);
  useEffect(() => () => speaker.current?.stop(), []);
  const tell = useCallback((text: string) => speaker.current?.say(text), []);
  const hush = useCallback(() => {
    speaker.current?.hush();
    setSaid('');
  }, []);
  return { said, say: setSaid, tell, hush };
}
