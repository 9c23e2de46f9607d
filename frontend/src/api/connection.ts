import { useSyncExternalStore } from 'react';

/** What the last requests and the live socket say about the way to the server: it answers, cannot be reached, or says that its graph restarts. */
export interface Connection {
  readonly offlineSince: Date | null;
  readonly restartingSince: Date | null;
  /** True once the server refused for want of a session. */
  readonly signedOut: boolean;
}

let current: Connection = { offlineSince: null, restartingSince: null, signedOut: false };
const listeners = new Set<() => void>();

function set(next: Connection): void {
  current = next;
  for (const listener of listeners) listener();
}

export function reached(): void {
  if (current.offlineSince ?? current.restartingSince) set({ ...current, offlineSince: null, restartingSince: null });
}

export function unreachable(): void {
  if (!current.offlineSince) set({ ...current, offlineSince: new Date(), restartingSince: null });
}

export function restarting(): void {
  if (!current.restartingSince) set({ ...current, offlineSince: null, restartingSince: new Date() });
}

export function sessionEnded(ended: boolean): void {
  if (current.signedOut !== ended) set({ ...current, signedOut: ended });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => current);
