import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useMay } from '../../app/signed-in.js';
import type { StockChange } from '../../app/undo.js';
import { Button } from '../../ui/controls.js';
import { UndoToast } from '../../ui/undo-toast.js';
import { useWords } from '../../words/words.js';
import { ChangeStock } from './change-stock.js';
import { Reserve } from './reserve.js';
import styles from './sku.module.css';

/** What was done last, with the way to its event. */
export interface Done {
  readonly text: string;
  /** Id by which the timeline finds it. */
  readonly correlation?: string;
  /** Present where it can be taken back. */
  readonly change?: StockChange;
}

/** What one can do with a SKU. An action that the key does not allow says so beside its button. */
export function Actions({ sku }: { readonly sku: string }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState<'change' | 'reserve'>();
  const [done, setDone] = useState<Done>();
  // The same change made again says the same, and is another.
  const [times, setTimes] = useState(0);
  const [mayCount, mayAdjust, mayReserve] = [useMay('inventory.write'), useMay('inventory.adjust'), useMay('reservations.write')];
  const close = (what?: Done): void => {
    setOpen(undefined);
    if (what === undefined) return;
    setDone(what);
    setTimes((before) => before + 1);
  };
  return (
    <>
      <div className={styles['tools']}>
        <Button isDisabled={!mayCount && !mayAdjust} onPress={() => setOpen('change')}>
          {say('change.title')}
        </Button>
        <Button isDisabled={!mayReserve} onPress={() => setOpen('reserve')}>
          {say('reserve.title')}
        </Button>
        {mayReserve && (mayCount || mayAdjust) ? null : (
          <span className={styles['soft']}>
            {say('state.permissionNeeded')} <code>{mayReserve ? 'inventory.write' : 'reservations.write'}</code>
          </span>
        )}
      </div>
      {done === undefined || done.change !== undefined ? null : (
        <p className={styles['done']} role="status">
          ✓ {done.text}{' '}
          <Link to="/sku/$sku/timeline" params={{ sku }} search={done.correlation === undefined ? {} : { correlation: done.correlation }}>
            {say('actions.showEvent')}
          </Link>
        </p>
      )}
      {done?.change === undefined ? null : (
        <UndoToast key={times} text={`✓ ${done.text}`} change={done.change} onClose={() => setDone({ text: done.text })} />
      )}
      {open === 'change' ? <ChangeStock sku={sku} mayCount={mayCount} mayAdjust={mayAdjust} onClose={close} /> : null}
      {open === 'reserve' ? <Reserve sku={sku} onClose={close} /> : null}
    </>
  );
}
