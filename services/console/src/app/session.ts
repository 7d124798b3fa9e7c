import { ApiError, type ValueOf } from '@holdfast/client';
import { holdfast } from './holdfast.js';
import { tellSignedIn } from './session-news.js';

export type Session = ValueOf<'session.get'>;

/** Undefined where nobody is signed in. @throws HoldfastError for any other failure */
export async function readSession(): Promise<Session | undefined> {
  try {
    return await holdfast.session.get();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined;
    throw error;
  }
}

export async function signIn(wish: { readonly credential: string } | { readonly code: string }): Promise<Session> {
  const session = await holdfast.session.open(wish);
  tellSignedIn(session);
  return session;
}

export const signOut = (): Promise<unknown> => holdfast.session.end();

/** Takes the one-time code out of the address, so that it stays in no history. */
export function takeSignInCode(): string | undefined {
  const code = /^#code=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (code !== undefined) window.history.replaceState(null, '', '/app');
  return code;
}

/** Whether a session covers a permission, as the API says: `area.*` is an area, `*` all of a tenant, and `installation` the operator's alone. */
export const allows = ({ permissions }: Pick<Session, 'permissions'>, needed: string): boolean =>
  permissions.some(
    (granted) =>
      granted === needed ||
      (granted === '*' && !needed.startsWith('installation.')) ||
      (granted.endsWith('.*') && needed.startsWith(granted.slice(0, -1))),
  );
