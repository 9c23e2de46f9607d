import type { Touch } from '@/live/LiveContext';

/** The part of an activity entry that attribution needs. */
export interface Entry {
  readonly id: string;
  readonly at: string;
  readonly subject: string;
  readonly caption: string;
  readonly person: { readonly id: string; readonly name: string; readonly agency: { readonly country: string } };
}

const kept = 50;

/** The touches once the reader does something: what is on screen is met now. The same list when all was met before. */
export function met(touches: readonly Touch[], now: number): readonly Touch[] {
  if (touches.every(({ metAt }) => metAt !== null)) return touches;
  return touches.map((touch) => (touch.metAt === null ? { ...touch, metAt: now } : touch));
}

/** Touches after notices about `ids`: the newest visible entry of each, but never the reader's own. */
export function attribute(
  before: readonly Touch[], entries: readonly Entry[], ids: ReadonlySet<string>, me: string, now: number,
): readonly Touch[] {
  const found = new Map<string, Touch>();
  for (const entry of entries) {
    if (!ids.has(entry.subject) || found.has(entry.subject) || entry.person.id === me) continue;
    if (before.some(({ id, at }) => id === entry.subject && at === entry.at)) continue;
    found.set(entry.subject, {
      id: entry.subject, name: entry.person.name, country: entry.person.agency.country, person: entry.person.id,
      caption: entry.caption, at: entry.at, seenAt: now, metAt: null,
    });
  }
  if (found.size === 0) return before;
  return [...found.values(), ...before.filter(({ id }) => !found.has(id))].slice(0, kept);
}
