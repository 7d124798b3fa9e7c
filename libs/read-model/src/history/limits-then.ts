import { STREAMS } from '@holdfast/contracts';
import { channelBounds, effectiveTime, evolveSku, initialSkuState } from '@holdfast/inventory';
import type { ChannelBounds } from '@holdfast/inventory';
import type { StreamReader } from '../storage/sku-history.js';
import type { AsOfBalance } from './as-of-balance.js';
import type { Known } from './as-of.js';

const PAGE = 500;

/**
 * What the SKU's limits left to channels at a moment of the past. What channels took by then follows from the reservations, so the stream is
 * read again up to the moment; only SKUs with limits need it.
 * @param balances of all locations at that moment
 */
export async function channelBoundsAsOf(
  store: StreamReader,
  stream: string,
  known: Known,
  balances: readonly AsOfBalance[],
): Promise<ChannelBounds | undefined> {
  const state = initialSkuState();
  for (let from = 0; from < known.events; from += PAGE) {
    for (const recorded of await store.readStream(stream, { from, limit: Math.min(PAGE, known.events - from) })) {
      const event = STREAMS.stock.decode(recorded);
      const { at } = recorded.metadata;
      if (effectiveTime(event, at, recorded.recordedAt) <= known.at) evolveSku(state, event, at);
    }
  }
  state.balances.clear();
  for (const { locationId, onHand, reserved, safetyStock, held } of balances) {
    state.balances.set(locationId, { onHand, reserved, safetyStock, held });
  }
  return channelBounds(state);
}
