import { within } from '@holdfast/kit';
import type { ChannelEvent } from './inbound.js';

/** A hook is answered within a second; what a message is about may be asked for so long before, where nothing else is asked for. */
const MOST_MS = 600;

class AskedForTooLong extends Error {}

/** What a hook asks its vendor for before it answers; undefined where that takes longer. The call itself goes on. */
export async function inTime<Answer>(mostMs: number, work: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await within(mostMs, work, () => new AskedForTooLong());
  } catch (error) {
    if (error instanceof AskedForTooLong) return undefined;
    throw error;
  }
}

/** Events that a hook asks its vendor for before it answers; none where that takes too long, and then the next poll finds them. */
export async function withinTheAnswer(work: Promise<readonly ChannelEvent[]>, mostMs = MOST_MS): Promise<readonly ChannelEvent[]> {
  return (await inTime(mostMs, work)) ?? [];
}
