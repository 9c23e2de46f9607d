import type { SearchFilter } from '@/api/generated/graphql';
import { groups, type Group } from '@/api/ontology';

/** What narrows a search beside its text; the group stands for its kinds. */
export type Narrowing = Pick<SearchFilter, 'case' | 'country' | 'gradeAtLeast' | 'recordedFrom' | 'recordedTo' | 'statedFrom' | 'statedTo' | 'statedAs'>;
export interface Asked {
  readonly text: string;
  readonly group: Group | null;
  readonly narrowing: Narrowing;
}

const names = {
  case: 'case', country: 'country', gradeAtLeast: 'grade', recordedFrom: 'since', recordedTo: 'until', statedFrom: 'from', statedTo: 'to', statedAs: 'as',
} as const satisfies Record<keyof Narrowing, string>;
const keys = Object.keys(names) as (keyof Narrowing)[];

/** How many filters are set; the name of a date without a day asks for nothing. */
export const isNarrowed = (narrowing: Narrowing): boolean => keys.some((key) => narrowing[key]);

/**
 * The part of the address behind `#`, which no server and no proxy is sent: what is looked for may be a name.
 */
export function toFragment({ text, group, narrowing }: Asked): string {
  const said = new URLSearchParams();
  if (text) said.set('q', text);
  if (group) said.set('kind', group);
  for (const key of keys) if (narrowing[key]) said.set(names[key], narrowing[key]);
  return said.toString() ? `#${said.toString()}` : '';
}

export function fromFragment(fragment: string): Asked {
  const said = new URLSearchParams(fragment.replace(/^#/, ''));
  const narrowing = Object.fromEntries(keys.flatMap((key) => (said.get(names[key]) ? [[key, said.get(names[key])]] : [])));
  return { text: said.get('q') ?? '', group: groups.find((each) => each === said.get('kind')) ?? null, narrowing };
}
