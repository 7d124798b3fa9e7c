import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls.js';
import layout from '../../../ui/layout.module.css';
import { useFormats } from '../../../words/format.js';
import { useWords } from '../../../words/words.js';
import type { KeptCount } from './kept-counts.js';
import styles from './scan.module.css';

/** Whether there is a net, and how many counts wait for it. */
export function Net({ isOnline, waiting }: { readonly isOnline: boolean; readonly waiting: readonly KeptCount[] }): ReactNode {
  const { say } = useWords();
  const open = waiting.filter(({ refused }) => refused === undefined).length;
  return (
    <p className={styles['net']} role="status">
      <span className={layout[isOnline ? 'good' : 'warn']}>{isOnline ? `✓ ${say('scan.online')}` : `! ${say('scan.offline')}`}</span>
      <span>{open === 0 ? say('scan.allSent') : say('scan.waiting', { count: open })}</span>
    </p>
  );
}

/** Counts that are not sent yet, and those that were refused: these say why until somebody has seen it. */
export function Waiting({ waiting, onDrop }: { readonly waiting: readonly KeptCount[]; onDrop(count: KeptCount): void }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (waiting.length === 0) return null;
  return (
    <ul className={layout['list']} aria-label={say('scan.notSent')}>
      {waiting.map((count) => (
        <li key={count.key}>
          {units(count.quantity)} × {count.sku}{' '}
          {count.refused === undefined ? (
            <span className={layout['warn']}>… {say('scan.waits')}</span>
          ) : (
            <>
              <span className={layout['bad']}>
                ✗ <code>{count.refused}</code>
              </span>{' '}
              <Button look="quiet" aria-label={say('scan.dropOf', { sku: count.sku })} onPress={() => onDrop(count)}>
                {say('scan.drop')}
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
