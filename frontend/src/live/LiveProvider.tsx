import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { onAttended } from '@/api/attendance';
import { forget, refresh } from '@/api/cache';
import { ask } from '@/api/client';
import { reached, restarting, sessionEnded, unreachable } from '@/api/connection';
import { graphql } from '@/api/generated/gql';
import { onSessionRenewed, renewalExpected } from '@/api/strong';
import { LiveContext, type Live, type NoticeHandler, type Touch } from '@/live/LiveContext';
import type { Notice, Present } from '@/live/messages';
import { LiveSocket, type SocketState } from '@/live/socket';
import { attribute, met } from '@/live/touches';

const Recent = graphql(`
  query RecentActivity($space: ID!) {
    activity(space: $space, first: 50) {
      items { id at subject caption person { id name agency { country } } }
    }
  }
`);

interface Properties {
  /** The signed-in person's id: their own changes are not attributed to them. */
  readonly me: string;
  /** The space on screen, if one is. */
  readonly space: string | null;
  readonly onEnded: (space: string) => void;
  readonly children: ReactNode;
}

const address = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`;

function note(state: SocketState): void {
  if (state === 'live') reached();
  if (state === 'offline') unreachable();
  if (state === 'restarting') restarting();
  if (state === 'signedOut' && !renewalExpected()) sessionEnded(true);
}

/** Collects ids for a moment, then gives them all at once, so that a burst asks once. */
function useBatch(flush: (space: string, ids: ReadonlySet<string>) => void): (space: string, id: string) => void {
  const pending = useRef(new Map<string, Set<string>>());
  return useCallback((space, id) => {
    const ids = pending.current.get(space);
    if (ids) {
      ids.add(id);
      return;
    }
    pending.current.set(space, new Set([id]));
    setTimeout(() => {
      const batch = pending.current.get(space) ?? new Set<string>();
      pending.current.delete(space);
      flush(space, batch);
    }, 150);
  }, [flush]);
}

/** Keeps the one live socket of the page and hands out what it says. */
export function LiveProvider({ me, space, onEnded, children }: Properties): ReactNode {
  const [state, setState] = useState<SocketState>('connecting');
  const [present, setPresent] = useState<ReadonlyMap<string, readonly Present[]>>(new Map());
  const [touches, setTouches] = useState<readonly Touch[]>([]);
  const handlers = useRef(new Map<string, Set<NoticeHandler>>());
  const ended = useRef(onEnded);
  useEffect(() => {
    ended.current = onEnded;
  });

  const batch = useBatch(useCallback((of, ids) => {
    void ask(Recent, { space: of }).then(({ activity }) => {
      setTouches((before) => attribute(before, activity.items, ids, me, Date.now()));
    }, () => undefined);
  }, [me]));

  const socket = useMemo(() => new LiveSocket(address(), {
    state: (next) => {
      setState(next);
      note(next);
    },
    notice: (notice: Notice) => {
      for (const handler of handlers.current.get(notice.space) ?? []) handler(notice);
      if (notice.change === 'changed') batch(notice.space, notice.id);
      else setTouches([]); // what was said of a link names its ends, too
    },
    presence: (of, people) => setPresent((before) => new Map(before).set(of, people.filter(({ id }) => id !== me))),
    resync: (of) => void refresh(of),
    ended: (of) => {
      forget(of);
      setTouches([]);
      setPresent((before) => new Map([...before].filter(([id]) => id !== of)));
      ended.current(of);
    },
  }), [batch, me]);

  useEffect(() => onAttended(() => setTouches((before) => met(before, Date.now()))), []);
  useEffect(() => {
    socket.start();
    const forget = onSessionRenewed(() => {
      socket.stop();
      socket.start();
    });
    return () => {
      forget();
      socket.stop();
    };
  }, [socket]);

  useEffect(() => {
    if (!space) return undefined;
    socket.subscribe(space);
    return () => {
      socket.unsubscribe(space);
      setTouches([]);
      setPresent(new Map());
    };
  }, [socket, space]);

  const listen = useCallback((of: string, handler: NoticeHandler) => {
    const set = handlers.current.get(of) ?? new Set();
    handlers.current.set(of, set.add(handler));
    return () => void set.delete(handler);
  }, []);
  const announce = useCallback<Live['announce']>((of, view, looking) => socket.announce(of, view, looking), [socket]);

  const live = useMemo(() => ({ state, present, touches, listen, announce }), [state, present, touches, listen, announce]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
