import { I18nProvider as WordsProvider } from '@lingui/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { SignInAgain, SignInScreen } from '../screens/sign-in/sign-in.js';
import { I18nProvider } from '../ui/controls.js';
import { i18n, useWords } from '../words/words.js';
import { makeRouter } from './router.js';
import type { Session } from './session.js';
import { onSessionEnd } from './session-end.js';
import { onSignedIn } from './session-news.js';
import { SignedIn } from './signed-in.js';

interface AppProps {
  readonly session: Session | undefined;
  /** The link that was opened had been used. */
  readonly usedLink: boolean;
}

/** The screens say when they failed and offer another attempt. */
const makeQueries = (): QueryClient => new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 2_000 } } });

function Signed({ session: first, usedLink }: AppProps): ReactNode {
  const { locale } = useWords();
  const [session, setSession] = useState(first);
  const [isOver, setOver] = useState(false);
  const [router] = useState(makeRouter);
  const [queries] = useState(makeQueries);
  const tenant = session?.tenant;
  const enter = useCallback(
    (entered: Session) => {
      // Nothing that was read for another tenant may stay, be it in memory or on the screen.
      if (tenant !== undefined && tenant !== entered.tenant) return window.location.assign('/app');
      setSession(entered);
      setOver(false);
      void queries.invalidateQueries();
    },
    [tenant, queries],
  );
  useEffect(() => onSessionEnd(() => setOver(true)), []);
  useEffect(() => onSignedIn(enter), [enter]);
  if (session === undefined)
    return (
      <I18nProvider locale={locale}>
        <SignInScreen usedLink={usedLink} onSignedIn={enter} />
      </I18nProvider>
    );
  return (
    <I18nProvider locale={locale}>
      <QueryClientProvider client={queries}>
        <SignedIn value={session}>
          <RouterProvider router={router} />
          {isOver ? <SignInAgain onSignedIn={enter} /> : null}
        </SignedIn>
      </QueryClientProvider>
    </I18nProvider>
  );
}

export const App = (props: AppProps): ReactNode => (
  <WordsProvider i18n={i18n}>
    <Signed {...props} />
  </WordsProvider>
);
