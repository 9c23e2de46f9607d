/** One step that its author can take back. Both directions are given; neither touches what others did. */
export interface Step {
  /** What it did, for the button's words. */
  readonly name: string;
  readonly apply: () => void;
  readonly revert: () => void;
}

/** The reader's own undo and redo. */
export class History {
  private done: Step[] = [];
  private undone: Step[] = [];
  private readonly limit: number;

  constructor(limit = 100) {
    this.limit = limit;
  }

  /** Applies a step and remembers it; what was undone before can no longer be redone. */
  run(step: Step): void {
    step.apply();
    this.remember(step);
  }

  /** Remembers a step that was applied already, as a drag. */
  remember(step: Step): void {
    this.done = [...this.done, step].slice(-this.limit);
    this.undone = [];
  }

  undo(): Step | null {
    const step = this.done.pop();
    if (!step) return null;
    step.revert();
    this.undone.push(step);
    return step;
  }

  redo(): Step | null {
    const step = this.undone.pop();
    if (!step) return null;
    step.apply();
    this.done.push(step);
    return step;
  }

  get undoable(): string | null {
    return this.done.at(-1)?.name ?? null;
  }

  get redoable(): string | null {
    return this.undone.at(-1)?.name ?? null;
  }
}
