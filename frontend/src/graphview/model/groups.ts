/** Items drawn as one node: one of them, the head, stands for all at its place. */
export interface Group {
  readonly name: string;
  /** The kind that all members are of; null where they differ. */
  readonly kind: string | null;
  readonly members: ReadonlySet<string>;
}

/** Groups by the id of their head. */
export type Groups = ReadonlyMap<string, Group>;

/** The head of every grouped item. */
export function headsOf(groups: Groups): ReadonlyMap<string, string> {
  return new Map([...groups].flatMap(([head, { members }]) => [...members].map((id) => [id, head] as const)));
}

/** The ids with all members of the groups among them. */
export function withMembers(groups: Groups, ids: Iterable<string>): readonly string[] {
  return [...new Set([...ids].flatMap((id) => [...(groups.get(id)?.members ?? [id])]))];
}

/** One more group; whole groups among the ids are taken into it. */
export function grouped(groups: Groups, ids: readonly string[], naming: Pick<Group, 'name' | 'kind'>): Groups {
  const members = new Set(withMembers(groups, ids));
  const [head] = members;
  if (head === undefined || members.size < 2) return groups;
  return new Map([...[...groups].filter(([id]) => !members.has(id)), [head, { ...naming, members }]]);
}

/** The groups without these, whose members stand for themselves again. */
export function ungrouped(groups: Groups, heads: readonly string[]): Groups {
  return new Map([...groups].filter(([head]) => !heads.includes(head)));
}

/** The groups without what is gone: another member takes the head's place, and one item alone is no group. */
export function groupsWithout(groups: Groups, gone: ReadonlySet<string>): Groups {
  if (![...groups.values()].some(({ members }) => [...members].some((id) => gone.has(id)))) return groups;
  const rest = [...groups].flatMap(([head, group]) => {
    const members = new Set([...group.members].filter((id) => !gone.has(id)));
    const [first] = members;
    return first === undefined || members.size < 2 ? [] : [[members.has(head) ? head : first, { ...group, members }] as const];
  });
  return new Map(rest);
}
