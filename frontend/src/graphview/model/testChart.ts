import { reconcile } from '@/graphview/model/reconcile';
import type { Item, Link } from '@/graphview/model/types';
import { ChartStore } from '@/graphview/store';

/** Items and links for tests; what is left out is plain. */
export const anItem = (id: string, rest: Partial<Item> = {}): Item => ({
  id, kind: 'Person', caption: id, degree: 1, uncertain: false, markings: [], merged: 1, grade: 'B2', handling: 'H0',
  standing: 'ONE_SOURCE', ...rest,
});

export const aLink = (id: string, source: string, target: string, rest: Partial<Link> = {}): Link => ({
  id, kind: 'Associate', linkClass: 'personal', label: 'knows', source, target, strength: 'CONFIRMED', markings: [], grade: 'B2', handling: 'H0',
  standing: 'ONE_SOURCE', ...rest,
});

const GROUPS: Partial<Record<string, string>> = { Person: 'person', Company: 'organisation', BankAccount: 'account', Vessel: 'vehicle', Address: 'place' };

export const groupOf = (kind: string): string => GROUPS[kind] ?? 'exhibit';

/** A store that holds these items and links. */
export function aStore(items: readonly Item[], links: readonly Link[] = []): ChartStore {
  const store = new ChartStore(groupOf);
  store.apply(reconcile(store.content(), { type: 'whole' }, { items, links }));
  return store;
}
