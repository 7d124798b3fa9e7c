import type { Chore } from '@holdfast/kit';
import type { Runtime } from '@holdfast/runtime';
import { followEvents } from '../following/follow-events.js';
import { saleFollower } from './sale-rows.js';
import { SaleWatch } from './sale-watch.js';

export interface OpenedBinSale {
  readonly watch: Chore;
  /** What lies in bins may have changed. */
  readonly look: () => void;
  stop(): Promise<void>;
}

/** Tells SKUs of changes of the catalogue by which their units may leave a bin, or may not. */
export async function openBinSale(
  { database: { pool }, eventStore, ledger, clock }: Runtime,
  warn: (what: string) => (error: unknown) => void,
): Promise<OpenedBinSale> {
  const now = (): number => clock.now();
  const head = await eventStore.head();
  const isUpToDate = (): boolean => following.position() >= head;
  const watch = new SaleWatch({ pool, ledger, now, isUpToDate, onFault: warn('a SKU could not be told of its bins and is told again') });
  const look = (): void => watch.look();
  const following = await followEvents(pool, eventStore, saleFollower(look), now, warn('bins for sale could not be followed for a moment'));
  return { watch: watch.chore, look, stop: () => following.stop() };
}
