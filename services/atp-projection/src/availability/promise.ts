import { boundOfChannel, channelAtp, isKeptByChannel } from '@holdfast/inventory';
import type { ChannelBound, ChannelBounds, ChannelPolicy } from '@holdfast/inventory';
import type { CheckedLineView, ShortCode } from './availability.dto.js';

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
  /** The most that each channel may have over all locations. */
  readonly bounds: ChannelBounds;
  /** Whether the SKU has limits, which bind a reservation without a channel, too. */
  readonly isLimited: boolean;
}

export interface Terms {
  /** The channel that asks; without one, whatever is not reserved can be had, as a reservation would take it. */
  readonly channel: (ChannelPolicy & { readonly channelId: string }) | undefined;
  readonly locationId: string | undefined;
  /** Lower numbers serve first. */
  readonly priorityOf: (locationId: string) => number;
  /** Epoch milliseconds. */
  readonly now: number;
}

const promisable = ({ available, safetyStock }: StockAt, channel: ChannelPolicy | undefined): number =>
  channel === undefined ? Math.max(0, available) : channelAtp(available, safetyStock, channel);

/**
 * Whether a quantity can be had, how many units can, and from where: in the order in which locations serve. For a channel the units over all
 * locations are its ATP; from one location it may have no more than over all.
 */
export function promise(known: KnownStock, requested: number, terms: Terms): CheckedLineView {
  const sources = known.stock
    .filter(({ locationId }) => !isKeptByChannel(locationId) && (terms.locationId === undefined || locationId === terms.locationId))
    .map((at) => ({ locationId: at.locationId, quantity: promisable(at, terms.channel), priority: terms.priorityOf(at.locationId) }))
    .filter(({ quantity }) => quantity > 0)
    .sort((a, b) => a.priority - b.priority || (a.locationId < b.locationId ? -1 : 1));
  const atLocations = sources.reduce((sum, { quantity }) => sum + quantity, 0);
  const bound = boundOf(known, terms);
  const quantityAvailable = Math.min(atLocations, bound.units);
  const taken: { locationId: string; quantity: number }[] = [];
  let open = Math.min(requested, quantityAvailable);
  for (const { locationId, quantity } of sources) {
    if (open === 0) break;
    const units = Math.min(open, quantity);
    taken.push({ locationId, quantity: units });
    open -= units;
  }
  const available = requested <= quantityAvailable;
  return {
    sku: known.sku,
    requested,
    available,
    quantityAvailable,
    sources: taken,
    code: available ? null : codeOf(bound, atLocations),
    earliestDate: available ? new Date(terms.now).toISOString() : null,
    known: known.known,
  };
}

function boundOf({ bounds, isLimited }: KnownStock, { channel }: Terms): ChannelBound {
  if (channel !== undefined) return boundOfChannel(bounds, channel.channelId);
  return isLimited ? bounds.others : { units: Number.POSITIVE_INFINITY };
}

const codeOf = ({ units, code }: ChannelBound, atLocations: number): ShortCode =>
  (units < atLocations ? code : undefined) ?? 'insufficient_stock';
