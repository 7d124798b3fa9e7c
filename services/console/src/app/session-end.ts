import { onSignedIn } from './session-news.js';

/** The sign-in itself: there 401 means a wrong key, or that nobody has signed in yet. */
const SIGN_IN = '/v1/session';

/** Sign-ins of this browser: an answer to what was asked before one says nothing about the session after it. */
let signIns = 0;

const listeners = new Set<() => void>();

/** Told when Holdfast answers that the session is over. @returns how to stop listening */
export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener);
  // Other tabs share the session: a sign-in there counts like one of this page.
  const stop = onSignedIn(() => (signIns += 1));
  return () => {
    stop();
    listeners.delete(listener);
  };
}

const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;

/** `fetch` for every call of the console: whoever made the call, the end of the session is noticed. */
export const watchedFetch: typeof fetch = async (input, init) => {
  const before = signIns;
  const response = await fetch(input, init);
  const isSignIn = addressOf(input).endsWith(SIGN_IN);
  if (isSignIn && response.status === 201) signIns += 1;
  if (response.status === 401 && !isSignIn && before === signIns) for (const listener of listeners) listener();
  return response;
};
