import { Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LiveMatrix, MatrixStatus } from '../../live/live-matrix.js';
import { Button } from '../../ui/controls.js';
import { useNow } from '../../ui/use-now.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import styles from './matrix.module.css';

/** Figures that are older than this are marked. */
const OLD_SECONDS = 5;

/** How old the figures are, while they are not kept up. */
function Age({ since }: { readonly since: number }): ReactNode {
  const { say } = useWords();
  const seconds = Math.max(0, Math.floor((useNow() - since) / 1_000));
  return <span className={seconds > OLD_SECONDS ? styles['isOld'] : undefined}>{say('live.behind', { seconds })}</span>;
}

/** Whether the figures follow the stream, what they reflect and how old they are, with the pause. */
export function LiveState({ matrix, status }: { readonly matrix: LiveMatrix; readonly status: MatrixStatus }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const state = status.paused ? 'paused' : status.stream;
  const looks = { live: styles['isLive'], paused: styles['isPaused'], connecting: styles['isConnecting'], lost: styles['isLost'] };
  return (
    <div className={styles['live']}>
      <span className={`${styles['state'] ?? ''} ${looks[state] ?? ''}`} role="status">
        {say(`live.${state}`)}
      </span>
      <span>{say('live.position', { position: units(Number(status.position)) })}</span>
      {status.staleSince === undefined || status.store === undefined ? null : <Age since={status.staleSince} />}
      {status.paused ? <span>{say('live.waiting', { count: status.waiting })}</span> : null}
      <Button onPress={() => matrix.pause(!status.paused)}>
        {status.paused ? <Play size={16} aria-hidden="true" /> : <Pause size={16} aria-hidden="true" />}
        {say(status.paused ? 'live.resume' : 'live.pause')}
      </Button>
    </div>
  );
}
