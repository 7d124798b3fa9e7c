import type { Holdfast } from '@holdfast/client';
import type { ReplayedChannel } from './replayed-channel.js';

const MOST_EXPLAINED = 5;
const MOST_ENTRIES = 12;

/** Whether any of the channels has figures that were not told yet. */
export async function isBeingTold(holdfast: Holdfast, channels: readonly Pick<ReplayedChannel, 'channelId'>[]): Promise<boolean> {
  const ids = new Set(channels.map(({ channelId }) => channelId));
  const known = await holdfast.channels.list();
  return known.channels.some(({ channelId, delivery }) => ids.has(channelId) && delivery.due > 0);
}

/** What Holdfast knows of listings that show another figure: how they were told, and what the drift ledger has of the channel. */
export async function whatHoldfastSays(holdfast: Holdfast, channelId: string, skus: readonly string[]): Promise<readonly string[]> {
  const said: string[] = [];
  const say = (row: unknown): void => void said.push(`${channelId}: ${JSON.stringify(row)}`);
  for (const sku of skus.slice(0, MOST_EXPLAINED)) {
    await some(holdfast.mappings.list(channelId, { sku }), 1, say);
    await some(holdfast.syncHistory.list({ channelId, sku }), MOST_ENTRIES, say);
  }
  if (said.length > 0) await some(holdfast.drift.list({ channelId }), MOST_ENTRIES, say);
  return said;
}

async function some<Row>(rows: AsyncIterable<Row>, most: number, say: (row: Row) => void): Promise<void> {
  let left = most;
  for await (const row of rows) {
    say(row);
    left -= 1;
    if (left === 0) return;
  }
}
