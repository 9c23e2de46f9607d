/** An upload that was begun and is not whole. Of the file nothing is kept but its size and a hash that finds it again. */
export interface Unfinished {
  /** Of the file. */
  readonly file: string;
  /** Of how it was to come in. */
  readonly choices: string;
  readonly address: string;
  readonly bytes: number;
  readonly at: string;
}

const most = 200;
const nameOf = (owner: string): string => `uploads ${owner}`;

/** Whose uploads: of one person in one space. */
export const ownerOf = (space: string, person: string): string => `${space} ${person}`;

const texts = ['file', 'choices', 'address', 'at'] as const;

function isUnfinished(value: unknown): value is Unfinished {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return texts.every((name) => typeof fields[name] === 'string') && typeof fields['bytes'] === 'number';
}

/** What this person has not finished in this space, as this browser knows. */
export function unfinished(owner: string): readonly Unfinished[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(owner)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isUnfinished) : [];
  } catch {
    return [];
  }
}

function keep(owner: string, all: readonly Unfinished[]): void {
  try {
    if (all.length > 0) localStorage.setItem(nameOf(owner), JSON.stringify(all.slice(-most)));
    else localStorage.removeItem(nameOf(owner));
  } catch {
    // A full or forbidden storage: this upload does not outlive the page, and goes on as it is.
  }
}

export function remember(owner: string, one: Unfinished): void {
  keep(owner, [...unfinished(owner).filter(({ address }) => address !== one.address), one]);
}

export function dismiss(owner: string, address: string): void {
  keep(owner, unfinished(owner).filter((one) => one.address !== address));
}
