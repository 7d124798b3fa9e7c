import type { Holdfast, QueryOf } from '@holdfast/client';
import { pause } from '@holdfast/kit';

const WITHIN_MS = 60_000;
const LOOK_MS = 50;

/**
 * What the ERP tells takes effect a moment after it was published.
 * @throws Error where no item of the query is there after a minute
 */
export async function stockIsThere(holdfast: Holdfast, query: QueryOf<'items.list'>): Promise<void> {
  for (let waitedMs = 0; waitedMs < WITHIN_MS; waitedMs += LOOK_MS) {
    if ((await holdfast.items.list({ ...query, limit: 1 })).items.length > 0) return;
    await pause(LOOK_MS);
  }
  throw new Error(`the stock of the sample data was not there after ${String(WITHIN_MS / 1_000)} seconds: ${JSON.stringify(query)}`);
}
