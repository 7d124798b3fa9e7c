import { commonSource, stockedLine, type PlaceReservation, type StockedLine } from '@holdfast/inventory';
import { LedgerBusy } from '@holdfast/ledger';
import type { OrderEnvironment, OrderRequest } from '../environment.js';

/** The fields of every line of an order that say where its units come from, for which holder, and when they were sold. */
export type SourceWish = Pick<PlaceReservation, 'sources' | 'sourceRule' | 'destination' | 'preferredLocationId' | 'holderId' | 'soldAt'>;

/**
 * Looks for one location that has all lines, so that the order ships in one parcel, and returns it as the preferred location. It is only a
 * preference: the units may be gone when the SKUs decide, and each SKU then chooses by the rule alone.
 * @throws EventStoreUnavailable
 */
export async function sourceWish(env: OrderEnvironment, request: OrderRequest): Promise<SourceWish> {
  const { tenant, lines, locationId, sourceRule, destination, holderId, soldAt } = request;
  const wish = {
    sources: env.sources(tenant),
    ...(sourceRule === undefined ? {} : { sourceRule }),
    ...(destination === undefined ? {} : { destination }),
    ...(holderId === undefined ? {} : { holderId }),
    ...(soldAt === undefined ? {} : { soldAt }),
  };
  // With one location there is nothing to choose.
  if (locationId !== undefined || wish.sources.length < 2) return wish;
  const stocked = await Promise.all(lines.map((line) => look(env, tenant, line)));
  const known = stocked.filter((line) => line !== undefined);
  const preferredLocationId = known.length < lines.length ? undefined : commonSource(known, wish);
  return { ...wish, ...(preferredLocationId === undefined ? {} : { preferredLocationId }) };
}

/** Undefined where the queue of the SKU is full: a preference is not worth waiting for. */
async function look(env: OrderEnvironment, tenant: string, line: OrderRequest['lines'][number]): Promise<StockedLine | undefined> {
  try {
    const { state } = await env.ledger.read({ tenant, sku: line.sku }, 'known');
    return stockedLine(state, env.clock.now(), line.quantity);
  } catch (error) {
    if (error instanceof LedgerBusy) return undefined;
    throw error;
  }
}
