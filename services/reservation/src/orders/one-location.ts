import { commonSource, stockedLine, type PlaceReservation, type StockedLine } from '@holdfast/inventory';
import { LedgerBusy } from '@holdfast/ledger';
import type { OrderEnvironment, OrderRequest } from './environment.js';

/** What every line of an order says of where its units shall come from, and whose they are. */
export type SourceWish = Pick<PlaceReservation, 'sources' | 'sourceRule' | 'destination' | 'preferredLocationId' | 'holderId'>;

/**
 * Looks for one location that has all lines, so that the order leaves in one parcel. It is a wish only: what was seen may be gone when
 * the SKUs decide, and each then chooses by the rule alone.
 * @throws EventStoreUnavailable
 */
export async function sourceWish(env: OrderEnvironment, request: OrderRequest): Promise<SourceWish> {
  const { tenant, lines, locationId, sourceRule, destination, holderId } = request;
  const wish = {
    sources: env.sources(tenant),
    ...(sourceRule === undefined ? {} : { sourceRule }),
    ...(destination === undefined ? {} : { destination }),
    ...(holderId === undefined ? {} : { holderId }),
  };
  // With one location there is nothing to choose, and nothing to look at.
  if (locationId !== undefined || wish.sources.length < 2) return wish;
  const stocked = await Promise.all(lines.map((line) => look(env, tenant, line)));
  const known = stocked.filter((line) => line !== undefined);
  const preferredLocationId = known.length < lines.length ? undefined : commonSource(known, wish);
  return { ...wish, ...(preferredLocationId === undefined ? {} : { preferredLocationId }) };
}

/** Undefined where the SKU has too much to do: the order is not worth a wait for a wish. */
async function look(env: OrderEnvironment, tenant: string, line: OrderRequest['lines'][number]): Promise<StockedLine | undefined> {
  try {
    const { state } = await env.ledger.read({ tenant, sku: line.sku }, 'known');
    return stockedLine(state, env.clock.now(), line.quantity);
  } catch (error) {
    if (error instanceof LedgerBusy) return undefined;
    throw error;
  }
}
