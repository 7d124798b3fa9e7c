import { channelAtp, isKeptByChannel } from '@holdfast/inventory';
import type { ChannelPolicy } from '@holdfast/inventory';
import type { CheckedLineView } from './availability.dto.js';

/** Units of a SKU at one location. */
export interface StockAt {
  readonly locationId: string;
  readonly available: number;
  readonly safetyStock: number;
}

export interface KnownStock {
  readonly sku: string;
  readonly known: boolean;
  readonly stock: readonly StockAt[];
}

export interface Terms {
  /** Of the channel that asks; without one, whatever is not reserved can be had, as a reservation would take it. */
  readonly policy: ChannelPolicy | undefined;
  readonly locationId: string | undefined;
  /** Lower numbers serve first. */
  readonly priorityOf: (locationId: string) => number;
  /** Epoch milliseconds. */
  readonly now: number;
}

const promisable = ({ available, safetyStock }: StockAt, policy: ChannelPolicy | undefined): number =>
  policy === undefined ? Math.max(0, available) : channelAtp(available, safetyStock, policy);

/** Whether a quantity can be had, how many units can, and from where: in the order in which locations serve. */
export function promise(known: KnownStock, requested: number, terms: Terms): CheckedLineView {
  const sources = known.stock
    .filter(({ locationId }) => !isKeptByChannel(locationId) && (terms.locationId === undefined || locationId === terms.locationId))
    .map((at) => ({ locationId: at.locationId, quantity: promisable(at, terms.policy), priority: terms.priorityOf(at.locationId) }))
    .filter(({ quantity }) => quantity > 0)
    .sort((a, b) => a.priority - b.priority || (a.locationId < b.locationId ? -1 : 1));
  const quantityAvailable = sources.reduce((sum, { quantity }) => sum + quantity, 0);
  const taken: { locationId: string; quantity: number }[] = [];
  let open = requested;
  for (const { locationId, quantity } of sources) {
    if (open === 0) break;
    const units = Math.min(open, quantity);
    taken.push({ locationId, quantity: units });
    open -= units;
  }
  const available = open === 0;
  return {
    sku: known.sku,
    requested,
    available,
    quantityAvailable,
    sources: taken,
    earliestDate: available ? new Date(terms.now).toISOString() : null,
    known: known.known,
  };
}
