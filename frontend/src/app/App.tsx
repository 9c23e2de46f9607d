import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { cache, forgetAll } from '@/api/cache';
import { sessionEnded, useConnection } from '@/api/connection';
import { MeContext, readDemoToken, useSessionAnswer } from '@/api/session';
import icon from '@/app/icon.svg';
import { Signed } from '@/app/Signed';
import { ConfirmedPage } from '@/features/auth/ConfirmedPage';
import { SignInPage } from '@/features/auth/SignInPage';
import { WelcomePage } from '@/features/auth/WelcomePage';
import { useLanguage } from '@/text/language';
import { Answer } from '@/ui/States';

const demoToken = readDemoToken();

/** Sign-in, or everything behind it. A session that ends takes with it whatever the page holds. */
function Gate(): ReactNode {
  const session = useSessionAnswer(demoToken);
  const { signedOut } = useConnection();
  const { refetch } = session;
  useEffect(() => {
    if (!signedOut) return;
    forgetAll();
    // Another window may have renewed the session in the meantime: then it goes on here as well.
    void refetch().then(({ data }) => {
      if (data?.session.me) sessionEnded(false);
    });
  }, [signedOut, refetch]);
  return (
    <Answer of={session} rows={0}>
      {({ session: { me, demo, demoPeople } }) => me && !signedOut
        ? <MeContext value={me}><Signed key={me.id} demo={demo} /></MeContext>
        : <SignInPage demo={demo} icon={icon} people={demoPeople} demoToken={demoToken} ended={signedOut} onSignedIn={() => {
            sessionEnded(false);
            void refetch();
          }} />}
    </Answer>
  );
}

/** The whole front-end. Another language draws all of it again in place: nothing typed is lost. */
export function App(): ReactNode {
  useLanguage();
  return (
    <QueryClientProvider client={cache}>
      {/* What is typed stands in the address in places; drawn later, letters typed fast would be lost. */}
      <BrowserRouter useTransitions={false}>
        <Routes>
          <Route path="/welcome" element={<WelcomePage icon={icon} />} />
          <Route path="/confirmed" element={<ConfirmedPage />} />
          <Route path="*" element={<Gate />} />
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
