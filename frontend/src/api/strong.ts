import { useSyncExternalStore } from 'react';

/**
 * Confirming that it is still the same person, in the middle of something else. The session goes on under a new secret, so the live socket
 * of the old one ends: meanwhile that is no reason to leave the page, and afterwards the socket is opened again.
 */
let asking: { readonly promise: Promise<boolean>; readonly answer: (confirmed: boolean) => void } | null = null;
let renewing = 0;
const watchers = new Set<() => void>();
const renewed = new Set<() => void>();

function tell(): void {
  for (const watcher of watchers) watcher();
}

/** Asks the person to confirm; true once they have. Several requests wait for one answer. */
export function confirmStrong(): Promise<boolean> {
  if (!asking) {
    let answer: (confirmed: boolean) => void = () => undefined;
    const promise = new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    asking = { promise, answer };
    tell();
  }
  return asking.promise;
}

/** What the person did in the dialog. */
export function answerStrong(confirmed: boolean): void {
  asking?.answer(confirmed);
  asking = null;
  if (confirmed) sessionRenewed();
  tell();
}

/** The session has a new secret: whatever holds the old one opens anew. */
export function sessionRenewed(): void {
  for (const listener of renewed) listener();
}

/** Runs what renews the session's secret, the end of the old one being expected. */
export async function renewingSession<T>(work: () => Promise<T>): Promise<T> {
  renewing += 1;
  try {
    const answer = await work();
    sessionRenewed();
    return answer;
  } finally {
    renewing -= 1;
  }
}

/** Whether the end of this session's socket is expected now. */
export const renewalExpected = (): boolean => asking !== null || renewing > 0;

export function onSessionRenewed(listener: () => void): () => void {
  renewed.add(listener);
  return () => void renewed.delete(listener);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** Whether the person is being asked now. */
export const useStrongAsked = (): boolean => useSyncExternalStore(watch, () => asking !== null);
