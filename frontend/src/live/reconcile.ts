import type { Reconciled } from '@/api/reconciled';

export interface Identified {
  readonly id: string;
}
/** Items by id, in the order of the last answer, with the ids told to be gone since that answer was asked for. */
export interface Held<T extends Identified> {
  readonly items: ReadonlyMap<string, T>;
  readonly gone: ReadonlySet<string>;
}
export type Change<T extends Identified> =
  /** An answer to asking again. */
  | { readonly type: 'answer'; readonly items: readonly T[] }
  /** A notice said that the reader may no longer see this. */
  | { readonly type: 'gone'; readonly id: string }
  /** A notice said that this changed: if it had gone, the next answer tells whether it is back. */
  | { readonly type: 'changed'; readonly id: string };

const brand = <T>(value: T): Reconciled<T> => value as Reconciled<T>;

/** Nothing held. */
export const nothing = <T extends Identified>(): Reconciled<Held<T>> => brand({ items: new Map<string, T>(), gone: new Set<string>() });

/**
 * The next state after a remote change. Pure. An answer that was under way when something went must not bring it back:
 * what has gone stays away until a notice says that it changed.
 */
export function reconcile<T extends Identified>(held: Reconciled<Held<T>>, change: Change<T>): Reconciled<Held<T>> {
  switch (change.type) {
    case 'answer': {
      const seen = change.items.filter(({ id }) => !held.gone.has(id));
      return brand({ items: new Map(seen.map((item) => [item.id, item])), gone: held.gone });
    }
    case 'gone': {
      const items = new Map(held.items);
      items.delete(change.id);
      return brand({ items, gone: new Set([...held.gone, change.id]) });
    }
    case 'changed': {
      if (!held.gone.has(change.id)) return held;
      return brand({ items: held.items, gone: new Set([...held.gone].filter((id) => id !== change.id)) });
    }
    default: return change satisfies never;
  }
}

/** The items as a list to draw. */
export const listed = <T extends Identified>(held: Reconciled<Held<T>>): Reconciled<readonly T[]> => brand([...held.items.values()]);
