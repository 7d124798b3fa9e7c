import { unique, type Api } from '@holdfast/testing';
import { GIVEN_UP_MS, persist } from './buyers.js';

/**
 * Reserves one unit of each SKU, repeated until it is answered.
 * @param since when the fault began or ended, by `performance.now()`
 * @returns milliseconds from then until all were answered
 * @throws when one is not answered for a minute
 */
export async function answeredAgain(api: Api, skus: readonly string[], since: number): Promise<number> {
  const ask = async (sku: string): Promise<void> => {
    const key = unique('probe');
    const body = { items: [{ sku, quantity: 1 }], orderId: key, ttl: 1 };
    const answer = await persist(api, '/sales-channel/inventory/reserve', body, key, () => performance.now() > since + GIVEN_UP_MS);
    if (answer === undefined) throw new Error(`${sku} was not answered within ${String(GIVEN_UP_MS)} ms of the fault`);
  };
  await Promise.all(skus.map(ask));
  return performance.now() - since;
}
