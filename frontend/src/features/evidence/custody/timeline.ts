import type { CustodyEvent, Viewing } from '@/features/evidence/queries';

/** What the timeline draws as one line: an event, or a transfer with the receipt that closed it. */
export interface Entry {
  readonly event: CustodyEvent;
  readonly receipt: CustodyEvent | null;
}

/** The events of custody, oldest first; a receipt is told with the transfer that it confirms. */
export function entriesOf(events: readonly CustodyEvent[]): readonly Entry[] {
  const receipts = new Map(events.flatMap((event) => (event.verb === 'RECEIVED' && event.refersTo ? [[event.refersTo, event] as const] : [])));
  const told = new Set(events.filter(({ verb }) => verb === 'TRANSFERRED_OUT').flatMap(({ id }) => receipts.get(id)?.id ?? []));
  return events.filter(({ id }) => !told.has(id)).map((event) => ({ event, receipt: event.verb === 'TRANSFERRED_OUT' ? (receipts.get(event.id) ?? null) : null }));
}

/** The transfer that nobody has confirmed yet. */
export const openTransfer = (events: readonly CustodyEvent[]): CustodyEvent | null => events.findLast(({ open }) => open) ?? null;

/** The event that tells what was found: of a transfer its receipt. */
export const finding = ({ event, receipt }: Entry): CustodyEvent => receipt ?? event;

/** Whether the hash was the same before and after; null where it was not looked at. A file that did not open when it was checked has none. */
export function hashHeld({ hashBefore, hashAfter, verb }: CustodyEvent): boolean | null {
  if (verb === 'DERIVED') return null; // before is the original's
  if (verb === 'VERIFIED' && !hashAfter) return false;
  return hashBefore && hashAfter ? hashBefore === hashAfter : null;
}

/** What a virus scanner found, by its name; empty where it found nothing, or did not look. */
export const virusIn = ({ verb, reason }: CustodyEvent): string => (verb === 'SCANNED' ? reason : '');

/** "9f3c 71d0 … b21e" */
export const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`;

/** How often and by how many people something was viewed. */
export const viewed = (rows: readonly Viewing[]): { readonly times: number; readonly people: number } => ({
  times: rows.reduce((sum, { times }) => sum + times, 0), people: new Set(rows.map(({ person }) => person.id)).size,
});
