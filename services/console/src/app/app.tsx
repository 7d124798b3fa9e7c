import { ApiError } from '@holdfast/client';
import { I18nProvider as WordsProvider } from '@lingui/react';
import { QueryCache, MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { SignInAgain, SignInScreen } from '../screens/sign-in/sign-in.js';
import { I18nProvider } from '../ui/controls.js';
import { i18n, useWords } from '../words/words.js';
import { makeRouter } from './router.js';
import type { Session } from './session.js';
import { SignedIn } from './signed-in.js';

interface AppProps {
  readonly session: Session | undefined;
  /** The link that was opened had been used. */
  readonly usedLink: boolean;
}

const isSessionOver = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

function Signed({ session: first, usedLink }: AppProps): ReactNode {
  const { locale } = useWords();
  const [session, setSession] = useState(first);
  const [isOver, setOver] = useState(false);
  const [router] = useState(makeRouter);
  const queries = useMemo(() => {
    const onError = (error: unknown): void => {
      if (isSessionOver(error)) setOver(true);
    };
    return new QueryClient({
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
      // The screens say when they failed and offer another attempt.
      defaultOptions: { queries: { retry: false, staleTime: 2_000 } },
    });
  }, []);
  if (session === undefined)
    return (
      <I18nProvider locale={locale}>
        <SignInScreen usedLink={usedLink} onSignedIn={setSession} />
      </I18nProvider>
    );
  return (
    <I18nProvider locale={locale}>
      <QueryClientProvider client={queries}>
        <SignedIn value={session}>
          <RouterProvider router={router} />
          {isOver ? (
            <SignInAgain
              onSignedIn={(again) => {
                setSession(again);
                setOver(false);
                void queries.invalidateQueries();
              }}
            />
          ) : null}
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
