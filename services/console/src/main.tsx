import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { chosenLocale, chosenTheme, showTheme } from './app/preferences.js';
import { readSession, signIn, takeSignInCode, type Session } from './app/session.js';
import './ui/tokens.css';
import { speak } from './words/words.js';

/** Signs in by the code of the address, where there is one, else finds the session that the browser has. */
async function firstSession(): Promise<{ readonly session: Session | undefined; readonly usedLink: boolean }> {
  const code = takeSignInCode();
  if (code === undefined) return { session: await readSession(), usedLink: false };
  const session = await signIn({ code }).catch(() => readSession());
  return { session, usedLink: session === undefined };
}

showTheme(chosenTheme());
const [found] = await Promise.all([firstSession().catch(() => ({ session: undefined, usedLink: false })), speak(chosenLocale())]);
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <App {...found} />
  </StrictMode>,
);
