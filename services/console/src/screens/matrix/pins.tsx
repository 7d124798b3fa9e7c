import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/controls.js';
import { useWords } from '../../words/words.js';
import styles from './matrix.module.css';
import { pinsOf, togglePin, type MatrixSearch } from './search.js';

/** SKUs that stand first, each with what lets it go; how one is pinned where there is none. */
export function Pins({ search, onChange }: { readonly search: MatrixSearch; onChange(search: MatrixSearch): void }): ReactNode {
  const { say } = useWords();
  const pins = pinsOf(search);
  if (pins.length === 0) return <span className={styles['hint']}>☆ {say('matrix.pinKey')}</span>;
  return (
    <>
      <span className={styles['hint']}>★ {say('matrix.pinned')}:</span>
      {pins.map((sku) => (
        <Button key={sku} look="quiet" aria-label={say('matrix.unpin', { sku })} onPress={() => onChange(togglePin(search, pins, sku))}>
          {sku}
          <X size={14} aria-hidden="true" />
        </Button>
      ))}
    </>
  );
}
