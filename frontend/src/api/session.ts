import { createContext, useContext } from 'react';
import { graphql } from '@/api/generated/gql';
import type { SessionQuery } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';

const Session = graphql(`
  query Session($demoToken: String) {
    session(demoToken: $demoToken) {
      demo
      me { id name function administrator agencyAdministrator agency { id name country } }
      demoPeople { id name function roles agency { id name country } }
    }
  }
`);

export type SessionInfo = SessionQuery['session'];
export type Me = NonNullable<SessionInfo['me']>;

const storageKey = 'demo';

/** The token of this demo start, from `#demo=…`; kept for the tab, taken out of the address. */
export function readDemoToken(): string | null {
  const found = /^#demo=(.+)$/.exec(location.hash)?.[1];
  if (found) {
    sessionStorage.setItem(storageKey, found);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(storageKey);
}

export const useSessionAnswer = (demoToken: string | null) => useAsk(Session, { demoToken });

export const MeContext = createContext<Me | null>(null);

/** The signed-in person. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe needs somebody signed in');
  return me;
}
