import type { ReactNode } from 'react';
import { useSession } from '../../app/signed-in.js';
import { useWords } from '../../words/words.js';
import { Channels } from './channels.js';
import { FirstSteps } from './first-steps.js';
import styles from './home.module.css';

/** What is scarce now, and what is still to be done to begin. */
export function Home(): ReactNode {
  const { say } = useWords();
  const { tenant, subject } = useSession();
  return (
    <div className={styles['page']}>
      <div>
        <h1>{say('home.title')}</h1>
        <p className={styles['soft']}>{say('home.intro', { tenant, subject })}</p>
      </div>
      <Channels />
      <FirstSteps />
    </div>
  );
}
