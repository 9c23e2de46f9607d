import type { ChartAnswer, Item, Link } from '@/graphview/model/types';

declare const reconciled: unique symbol;

/** What has to change in the chart. Only `reconcile` makes one, so nothing unreconciled can be drawn. */
export interface ChartChange {
  readonly [reconciled]: true;
  readonly added: readonly Item[];
  readonly changed: readonly Item[];
  readonly removed: readonly string[];
  readonly addedLinks: readonly Link[];
  readonly changedLinks: readonly Link[];
  /** Links that go; one whose ends moved, as by a merge, is in `addedLinks` as well. */
  readonly removedLinks: readonly string[];
  /** Items that stay and gain or lose a link by this: what is said of them, such as how many links they have, is stale. */
  readonly relinked: readonly string[];
}

/** What the chart holds now. */
export interface ChartContent {
  readonly items: ReadonlyMap<string, Item>;
  readonly links: ReadonlyMap<string, Link>;
  /** Ids of the links of an item that the chart holds. */
  readonly linksOf: (item: string) => readonly string[];
}

/** What was asked, and what came back. */
export type Question =
  /** The whole chart: whatever is not in the answer is gone. */
  | { readonly type: 'whole' }
  /** What stands for these ids, with the links among them and to the items on the chart: of these, what is not in the answer is gone. */
  | { readonly type: 'items'; readonly ids: ReadonlySet<string> }
  /** More than there was: nothing goes. */
  | { readonly type: 'more' };

/** Equal values, or lists of equal values. */
const same = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, at) => each === b[at]));

function differs(a: object, b: object): boolean {
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return Object.keys(right).some((key) => !same(left[key] ?? null, right[key] ?? null));
}

/** Items about which the answer says everything: what of them is not in it is gone. */
function* asked(content: ChartContent, question: Question): Iterable<string> {
  if (question.type === 'whole') yield* content.items.keys();
  if (question.type === 'items') for (const id of question.ids) if (content.items.has(id)) yield id;
}

function sort<T extends { readonly id: string }>(held: ReadonlyMap<string, T>, answered: readonly T[]): { added: T[]; changed: T[] } {
  const added: T[] = [];
  const changed: T[] = [];
  for (const each of answered) {
    const before = held.get(each.id);
    if (!before) added.push(each);
    else if (differs(before, each)) changed.push(each);
  }
  return { added, changed };
}

/** The link of the chart by this name, where it leads from or to another item by now. */
function moved(content: ChartContent, link: Link): readonly Link[] {
  const before = content.links.get(link.id);
  return before && (before.source !== link.source || before.target !== link.target) ? [before] : [];
}

/**
 * The difference between the chart and an answer. An item that was not asked for by its own id stands for one that was,
 * with which it was merged. Links whose ends are not both there afterwards are dropped. Pure.
 */
export function reconcile(content: ChartContent, question: Question, answer: ChartAnswer): ChartChange {
  const items = sort(content.items, answer.items);
  const answered = new Set(answer.items.map(({ id }) => id));
  const known = [...asked(content, question)];
  const removed = known.filter((id) => !answered.has(id));
  const gone = new Set(removed);
  const stays = (id: string): boolean => answered.has(id) || (content.items.has(id) && !gone.has(id));
  const links = answer.links.filter(({ source, target }) => stays(source) && stays(target));
  const answeredLinks = new Set(links.map(({ id }) => id));
  const lost = [...new Set(known.flatMap((id) => content.linksOf(id)))].filter((id) => !answeredLinks.has(id));
  const led = links.flatMap((link) => moved(content, link));
  const ledElsewhere = new Set(led.map(({ id }) => id));
  const sorted = sort(content.links, links);
  const addedLinks = links.filter(({ id }) => !content.links.has(id) || ledElsewhere.has(id));
  const ends = [...addedLinks, ...led, ...lost.flatMap((id) => content.links.get(id) ?? [])].flatMap(({ source, target }) => [source, target]);
  return {
    added: items.added, changed: items.changed, removed, addedLinks,
    changedLinks: sorted.changed.filter(({ id }) => !ledElsewhere.has(id)), removedLinks: [...lost, ...ledElsewhere],
    relinked: [...new Set(ends)].filter(stays),
  } as unknown as ChartChange;
}

/** The change that takes items off the chart, as a notice `gone` or the reader's own undo asks for. */
export function without(content: ChartContent, ids: ReadonlySet<string>): ChartChange {
  return reconcile(content, { type: 'items', ids }, { items: [], links: [] });
}

export function isEmpty(change: ChartChange): boolean {
  return change.added.length + change.changed.length + change.removed.length
    + change.addedLinks.length + change.changedLinks.length + change.removedLinks.length === 0;
}
