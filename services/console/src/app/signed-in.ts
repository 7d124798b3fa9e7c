import { createContext, useContext } from 'react';
import { allows, type Session } from './session.js';

export const SignedIn = createContext<Session | undefined>(undefined);

/** Who is signed in. @throws Error outside of the shell, which asks people to sign in first */
export function useSession(): Session {
  const session = useContext(SignedIn);
  if (session === undefined) throw new Error('nobody is signed in');
  return session;
}

export const useMay = (permission: string): boolean => allows(useSession(), permission);
