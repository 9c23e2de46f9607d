import type { Touch } from '@/live/LiveContext';

declare const reconciled: unique symbol;
/** What may be drawn: it went through `reconcile`, so nothing in it is known to be gone. */
export type Reconciled<T> = T & { readonly [reconciled]: true };

interface Identified {
  readonly id: string;
}
/** Items in the order they were first seen, with whose change each carries. */
export interface Held<T extends Identified> {
  readonly items: ReadonlyMap<string, T>;
  readonly touched: ReadonlyMap<string, Touch>;
}
export type Change<T extends Identified> =
  /** Everything, from a first answer or after a resync. */
  | { readonly type: 'whole'; readonly items: readonly T[] }
  /** The answer to asking for `asked` again: what is asked but not answered may no longer be seen. */
  | { readonly type: 'answer'; readonly asked: readonly string[]; readonly items: readonly T[]; readonly touch: Touch | null }
  | { readonly type: 'gone'; readonly ids: readonly string[] };

const brand = <T extends Identified>(held: Held<T>): Reconciled<Held<T>> => held as Reconciled<Held<T>>;

/** Nothing held. */
export const nothing = <T extends Identified>(): Reconciled<Held<T>> => brand({ items: new Map<string, T>(), touched: new Map<string, Touch>() });

function without<V>(map: ReadonlyMap<string, V>, ids: readonly string[]): Map<string, V> {
  const rest = new Map(map);
  for (const id of ids) rest.delete(id);
  return rest;
}

function whole<T extends Identified>(held: Held<T>, items: readonly T[]): Reconciled<Held<T>> {
  const next = new Map(items.map((item) => [item.id, item]));
  return brand({ items: next, touched: new Map([...held.touched].filter(([id]) => next.has(id))) });
}

function answer<T extends Identified>(held: Held<T>, change: Extract<Change<T>, { type: 'answer' }>): Reconciled<Held<T>> {
  const answered = new Set(change.items.map(({ id }) => id));
  const lost = change.asked.filter((id) => !answered.has(id));
  const items = without(held.items, lost);
  const touched = without(held.touched, lost);
  for (const item of change.items) {
    items.set(item.id, item);
    if (change.touch) touched.set(item.id, change.touch);
  }
  return brand({ items, touched });
}

/** The next state after a remote change. Pure; never invents, never keeps what the reader may no longer see. */
export function reconcile<T extends Identified>(held: Reconciled<Held<T>>, change: Change<T>): Reconciled<Held<T>> {
  switch (change.type) {
    case 'whole': return whole(held, change.items);
    case 'answer': return answer(held, change);
    case 'gone': return brand({ items: without(held.items, change.ids), touched: without(held.touched, change.ids) });
    default: return change satisfies never;
  }
}
