import { countMark, initialSkuState, type SkuCommand } from '@holdfast/inventory';
import { skuStreams, stockStream } from '@holdfast/ledger';
import { timeOfEntry, type Random } from '@holdfast/simulation';
import { factOf } from '../fact-of.js';
import { LOT_SKU, TENANT, type World } from '../world.js';

type Figures = Omit<Extract<SkuCommand, { type: 'ApplyCount' }>, 'type' | 'at' | 'commandId' | 'documentId'>;

/**
 * Counts a location while sales go on. The difference is that of the books as of the count, and is told a while later: what was sold since
 * stays sold.
 */
export async function countWhileSold({ log, time }: World, random: Random, locationId: string): Promise<Figures> {
  const countedAt = time.now() - 1;
  const recorded = await log.store.readStream(stockStream({ tenant: TENANT, sku: LOT_SKU }));
  let state = initialSkuState();
  let book = 0;
  for (const event of recorded) {
    const before = state.balances.get(locationId)?.onHand ?? 0;
    state = skuStreams.evolve(state, skuStreams.codec.decode(event), event.metadata.at);
    if (timeOfEntry(factOf(event)) <= countedAt) book += (state.balances.get(locationId)?.onHand ?? 0) - before;
  }
  const counted = Math.max(0, book + random.pick([-1, 0, 0, 1]));
  const mark = countMark(state, locationId, countedAt);
  await time.sleep(random.pick([5, 300, 900]));
  return { locationId, countedAt, counted, delta: counted - book, mark, postedBack: false, reasonCode: 'count' };
}
