import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Region } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import styles from './home.module.css';

/** Figures are read again this often while the screen is open. */
const EVERY_MS = 5_000;

/** What each channel may promise in all, and how many products are scarce: each opens the matrix in that order. */
export function Channels(): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const enabled = useMay('inventory.read');
  const queryFn = async () => await holdfast.channelStock.summarise();
  const query = useQuery({ queryKey: ['channels of the matrix'], queryFn, enabled, refetchInterval: EVERY_MS });
  return (
    <section aria-label={say('home.channels')}>
      <h2>{say('home.channels')}</h2>
      <Region needs="inventory.read" query={query} rows={3}>
        {({ channels }) =>
          channels.length === 0 ? (
            <p>{say('home.noChannels')}</p>
          ) : (
            <ul className={styles['channels']}>
              {channels.map((channel) => (
                <li key={channel.channelId} className={styles['channel']}>
                  <Link to="/matrix" search={{ sort: channel.channelId }}>
                    {channel.channelName}
                  </Link>
                  <span className={styles['total']}>{units(channel.totalAtp)}</span>
                  <span className={styles['scarce']}>
                    <span className={styles['critical']}>▼ {say('home.critical', { count: channel.critical })}</span>
                    <span className={styles['low']}>◆ {say('home.low', { count: channel.low })}</span>
                    <span className={styles['soft']}>{say('home.products', { count: channel.products })}</span>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Region>
    </section>
  );
}
